import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { DispatchFigures } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { z } from "zod";
import type { QueryParameters } from "../../http/query-parameters.ts";

/** Figures of a day, or of all days together. */
export const figuresSchema = z.object({
  launches: z.int(),
  uniqueLearners: z.int(),
  completions: z.int(),
  averageScore: z.number().nullable(),
  totalSeconds: z.int(),
  notAttempted: z.int(),
  incomplete: z.int(),
  completed: z.int(),
  passed: z.int(),
  failed: z.int(),
  refusals: z.int(),
  downloads: z.int(),
});

export function toFigures(figures: DispatchFigures | undefined): z.output<typeof figuresSchema> {
  const count = (value: bigint | undefined) => Number(value ?? 0n);
  return {
    launches: count(figures?.launches),
    uniqueLearners: count(figures?.uniqueLearners),
    completions: count(figures?.completions),
    averageScore: figures?.averageScore ?? null,
    totalSeconds: count(figures?.totalSeconds),
    notAttempted: count(figures?.notAttempted),
    incomplete: count(figures?.incomplete),
    completed: count(figures?.completed),
    passed: count(figures?.passed),
    failed: count(figures?.failed),
    refusals: count(figures?.refusals),
    downloads: count(figures?.downloads),
  };
}

export const PERIOD_PARAMETERS = {
  period: "7d, 30d or 90d up to today; 30d when absent.",
  timeZone: "IANA name of the zone days are cut in; UTC when absent.",
} as const;

const DAYS = { "7d": 7, "30d": 30, "90d": 90 } as const;

/** The days a request asks for. @throws FIELD_INVALID */
export function readPeriod(query: QueryParameters, now: Date): { firstDay: string; lastDay: string; timeZone: string } {
  const period = query.choice("period", ["7d", "30d", "90d"] as const, "30d");
  const timeZone = query.text("timeZone") ?? "UTC";
  const lastDay = dayIn(timeZone, now);
  const first = new Date(`${lastDay}T12:00:00Z`);
  first.setUTCDate(first.getUTCDate() - (DAYS[period] - 1));
  return { firstDay: first.toISOString().slice(0, 10), lastDay, timeZone };
}

/** `YYYY-MM-DD` there and then. */
function dayIn(timeZone: string, time: Date): string {
  try {
    return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
      time,
    );
  } catch {
    throw fieldInvalid("timeZone", "must be the IANA name of a time zone, for instance Europe/Berlin");
  }
}
