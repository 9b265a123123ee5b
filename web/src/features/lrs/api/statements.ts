import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { useInfiniteQuery, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import {
  StatementFilterViewSchema,
  StatementViewService,
} from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { saveFile } from "../../../lib/save-file.ts";
import { useSession } from "../../../lib/session/use-session.tsx";
import { type ExportFormat, exportUrl } from "../statement/equivalent-request.ts";
import { type StatementFilters, toFilterMessage } from "../statement/statement-filters.ts";
import { StatementTail, type TailState } from "../statement/statement-tail.ts";

/** Statements of one answer. */
export const PAGE_SIZE = 50;

/** Statements page by page, newest first unless the filters say otherwise. */
export function useStatements(filters: StatementFilters) {
  return useInfiniteQuery(
    StatementViewService.method.listStatements,
    {
      filter: toFilterMessage(filters),
      ascending: filters.ascending ?? false,
      pageSize: PAGE_SIZE,
      moreToken: "",
    },
    {
      pageParamKey: "moreToken",
      getNextPageParam: (page) => page.moreToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

/** One statement; an empty id asks for none. */
export function useStatement(id: string) {
  return useQuery(StatementViewService.method.getStatement, id === "" ? skipToken : { id });
}

export function useVoidStatement() {
  const invalidate = useInvalidate();
  return useMutation(StatementViewService.method.voidStatement, { onSuccess: () => invalidate(StatementViewService) });
}

/**
 * Statements that match, as they arrive while `on`; what has arrived stays afterwards. The list is read again where the tail begins, after
 * a gap, and when it ends.
 */
export function useTail(filters: StatementFilters, on: boolean): { tail: StatementTail; state: TailState } {
  const transport = useTransport();
  const invalidate = useInvalidate();
  const wanted = JSON.stringify({ ...filters, until: undefined, ascending: undefined });
  const tail = useMemo(() => {
    const filter = create(StatementFilterViewSchema, toFilterMessage(JSON.parse(wanted) as StatementFilters));
    const client = createClient(StatementViewService, transport);
    return new StatementTail((resumeToken, signal) => client.tailStatements({ filter, resumeToken }, { signal }));
  }, [wanted, transport]);
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    void tail.follow(stop.signal);
    return () => {
      stop.abort();
      void invalidate(StatementViewService);
    };
  }, [tail, on, invalidate]);
  const state = useSyncExternalStore(tail.subscribe, tail.state);
  const { since, gaps } = state;
  useEffect(() => {
    if (since > 0 || gaps > 0) void invalidate(StatementViewService);
  }, [since, gaps, invalidate]);
  return { tail, state };
}

/** Fetches an attachment and hands it to the browser as a file. */
export function useDownloadAttachment(): (sha2: string, filename: string) => Promise<void> {
  const transport = useTransport();
  return useCallback(
    async (sha2, filename) => {
      const parts: BlobPart[] = [];
      let type = "";
      for await (const part of createClient(StatementViewService, transport).downloadAttachment({ sha2 })) {
        type ||= part.contentType;
        if (part.chunk.length > 0) parts.push(new Uint8Array(part.chunk));
      }
      saveFile(new Blob(parts, { type: type || "application/octet-stream" }), filename);
    },
    [transport],
  );
}

/** Fetches all statements that match and hands them to the browser as a file; an answer that breaks off fails. */
export function useExportStatements(): (
  filters: StatementFilters,
  format: ExportFormat,
  zone: string,
) => Promise<void> {
  const session = useSession();
  return useCallback(
    async (filters, format, zone) => {
      const authorization = `Bearer ${await session.accessToken()}`;
      const response = await fetch(exportUrl(filters, format, zone), { headers: { authorization } });
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
      saveFile(await response.blob(), `statements.${format}`);
    },
    [session],
  );
}
