import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectQueryKey, useQuery, useTransport } from "@connectrpc/connect-query";
import { CourseViewService, GetImportResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { hasEnded } from "../import-state.ts";

/** How often an import is asked for when it cannot be watched. */
const POLL_MILLISECONDS = 2000;

/** One import, live: by stream, and by asking again when the stream breaks. */
export function useImport(id: string) {
  const transport = useTransport();
  const client = useQueryClient();
  const invalidate = useInvalidate();
  const [polling, setPolling] = useState(false);
  const query = useQuery(
    CourseViewService.method.getImport,
    { id },
    {
      refetchInterval: (current) =>
        polling && !hasEnded(current.state.data?.import?.state ?? "") ? POLL_MILLISECONDS : false,
    },
  );
  const state = query.data?.import?.state;
  const ended = hasEnded(state ?? "");
  const watch = state !== undefined && !ended && !polling;
  useEffect(() => {
    if (!watch) return;
    const stop = new AbortController();
    const key = createConnectQueryKey({
      schema: CourseViewService.method.getImport,
      input: { id },
      transport,
      cardinality: "finite",
    });
    const follow = async () => {
      try {
        const stream = createClient(CourseViewService, transport).watchImport({ id }, { signal: stop.signal });
        for await (const answer of stream) {
          if (answer.import) client.setQueryData(key, create(GetImportResponseSchema, { import: answer.import }));
        }
      } catch {
        if (!stop.signal.aborted) setPolling(true);
      }
    };
    void follow();
    return () => stop.abort();
  }, [watch, id, transport, client]);
  const [wasRunning, setWasRunning] = useState(false);
  useEffect(() => {
    if (watch || polling) setWasRunning(true);
    // Lists that show this import or its course are read again once, when it ends under our eyes.
    if (ended && wasRunning) {
      setWasRunning(false);
      void invalidate(CourseViewService);
    }
  }, [watch, polling, ended, wasRunning, invalidate]);
  return query;
}
