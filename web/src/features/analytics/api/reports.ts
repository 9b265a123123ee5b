import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { AnalyticsViewService, type ReportView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useCallback } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { saveFile } from "../../../lib/save-file.ts";
import { useSession } from "../../../lib/session/use-session.tsx";

const { method } = AnalyticsViewService;

/** Reports of the viewer and those that are shared. */
export const useReports = () => useQuery(method.listReports, {});

/** Rows of a report. */
export function useReportRows(report: ReportView) {
  return useInfiniteQuery(
    method.runReport,
    { reportId: report.id, ...(report.id === "" && { report }), pageSize: 100, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

export function useChangeReports() {
  const invalidate = useInvalidate();
  const options = { onSuccess: () => invalidate(AnalyticsViewService) };
  return {
    save: useMutation(method.saveReport, options),
    remove: useMutation(method.deleteReport, options),
  };
}

/** Fetches a report as CSV and hands it to the browser; an answer that breaks off fails. */
export function useExport(): (parameters: Readonly<Record<string, string | undefined>>, name: string) => Promise<void> {
  const session = useSession();
  return useCallback(
    async (parameters, name) => {
      const query = new URLSearchParams();
      for (const [key, value] of Object.entries(parameters)) if (value) query.set(key, value);
      const authorization = `Bearer ${await session.accessToken()}`;
      const response = await fetch(`/web/analytics/export?${query}`, { headers: { authorization } });
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
      saveFile(await response.blob(), `${name}.csv`);
    },
    [session],
  );
}
