import { useQuery } from "@connectrpc/connect-query";
import { DispatchAnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useCallback } from "react";
import { saveFile } from "../../../lib/save-file.ts";
import { useSession } from "../../../lib/session/use-session.tsx";
import type { DayRange } from "../day-range.ts";

/** How often figures are read again while a page is open, milliseconds. */
const REFRESH_MS = 30_000;

/** What figures are of: search parameters of their page. */
export interface FigureFilters {
  readonly days?: 7 | 30 | 90 | undefined;
  readonly dispatch?: string | undefined;
  readonly destination?: string | undefined;
}

export const useFigures = (range: DayRange, { dispatch = "", destination = "" }: FigureFilters) =>
  useQuery(
    DispatchAnalyticsViewService.method.getDispatchFigures,
    { ...range, dispatchId: dispatch, destinationId: destination },
    { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
  );

/** Fetches figures by dispatch and day as CSV and hands them to the browser; an answer that breaks off fails. */
export function useFiguresExport(): (range: DayRange, dispatchId: string) => Promise<void> {
  const session = useSession();
  return useCallback(
    async ({ firstDay, lastDay, timeZone }, dispatchId) => {
      const query = new URLSearchParams({ from: firstDay, to: lastDay, time_zone: timeZone });
      if (dispatchId) query.set("dispatch", dispatchId);
      const authorization = `Bearer ${await session.accessToken()}`;
      const response = await fetch(`/web/dispatch/export?${query}`, { headers: { authorization } });
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
      saveFile(await response.blob(), `dispatches-${firstDay}-${lastDay}.csv`);
    },
    [session],
  );
}
