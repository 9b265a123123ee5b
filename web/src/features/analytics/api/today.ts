import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import {
  AnalyticsViewService,
  WatchTodayRequestSchema,
  type WatchTodayResponse,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useEffect, useState } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { type BoardSearch, toBoardFilter } from "../board/board-search.ts";

/** Pauses before connecting again, milliseconds; the last one repeats. */
const PAUSES = [500, 1_000, 2_000, 5_000, 10_000] as const;
/** Boards are read again at most this often. */
const PACE_MS = 2_000;
/** Errors that trying again does not change. */
const FINAL = new Set<Code>([Code.InvalidArgument, Code.PermissionDenied, Code.Unimplemented]);

/** Today's figures as they change. */
export interface Today {
  readonly status: "connecting" | "live" | "reconnecting" | "off";
  readonly figures: WatchTodayResponse | undefined;
}

/**
 * Follows today's figures while the component is on screen, and has every board read again when they change. @param on false: follows
 * nothing, because what is shown lies in the past.
 */
export function useToday(search: BoardSearch, timeZone: string, on = true): Today {
  const transport = useTransport();
  const invalidate = useInvalidate();
  const filter = JSON.stringify(toBoardFilter(search));
  const [today, setToday] = useState<Today>({ status: "connecting", figures: undefined });
  useEffect(() => {
    if (!on) {
      setToday({ status: "off", figures: undefined });
      return;
    }
    const stop = new AbortController();
    const client = createClient(AnalyticsViewService, transport);
    const request = create(WatchTodayRequestSchema, { filter: JSON.parse(filter) as object, timeZone });
    const pace = renewal(() => void invalidate(AnalyticsViewService), stop.signal);
    let seen: string | undefined;
    const take = (figures: WatchTodayResponse): void => {
      setToday({ status: "live", figures });
      const count = figuresSeen(figures);
      if (seen !== undefined && seen !== count) pace();
      seen = count;
    };
    void follow((signal) => client.watchToday(request, { signal }), take, setToday, stop.signal);
    return () => stop.abort();
  }, [transport, invalidate, filter, timeZone, on]);
  return today;
}

/** Changes when anything does that a board shows. */
function figuresSeen({ today, openSessionCount }: WatchTodayResponse): string {
  return JSON.stringify([today, openSessionCount], (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}

async function follow(
  open: (signal: AbortSignal) => AsyncIterable<WatchTodayResponse>,
  take: (figures: WatchTodayResponse) => void,
  change: (next: (present: Today) => Today) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      for await (const figures of open(signal)) {
        failures = 0;
        take(figures);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (FINAL.has(ConnectError.from(error).code)) {
        change((present) => ({ ...present, status: "off" }));
        return;
      }
      change((present) => ({ ...present, status: "reconnecting" }));
      const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Calls at once, and again after the pace when it was wanted meanwhile. */
function renewal(call: () => void, signal: AbortSignal): () => void {
  let waiting = false;
  let wanted = false;
  const run = (): void => {
    if (signal.aborted) return;
    wanted = false;
    waiting = true;
    call();
    setTimeout(() => {
      waiting = false;
      if (wanted) run();
    }, PACE_MS);
  };
  return () => {
    if (waiting) wanted = true;
    else run();
  };
}
