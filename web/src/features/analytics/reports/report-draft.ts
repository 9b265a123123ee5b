import { create } from "@bufbuild/protobuf";
import { type ReportView, ReportViewSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { zoneName } from "../../../lib/format/time.ts";
import type { Board } from "../board/board-context.ts";
import { toBoardFilter } from "../board/board-search.ts";

/** What rows of a report are made of. */
export const DIMENSIONS = [
  "time",
  "course",
  "course_version",
  "learner",
  "destination",
  "tag",
  "source",
  "status",
] as const;

/** What columns of a report show. */
export const MEASURES = [
  "active_learners",
  "registrations",
  "new_registrations",
  "launches",
  "completed",
  "passed",
  "failed",
  "completion_rate",
  "pass_rate",
  "average_score",
  "active_time",
  "wall_time",
  "reported_time",
  "attempts",
] as const;

export type Dimension = (typeof DIMENSIONS)[number];
export type Measure = (typeof MEASURES)[number];

export const isDimension = (text: string): text is Dimension => DIMENSIONS.some((one) => one === text);
export const isMeasure = (text: string): text is Measure => MEASURES.some((one) => one === text);

/** A report that nobody has kept yet. */
export interface ReportDraft {
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
}

/** The report that shows what a board shows. */
export const BOARD_REPORTS: Readonly<Record<string, ReportDraft>> = {
  reach: { dimensions: ["time"], measures: ["active_learners", "launches", "new_registrations"] },
  completion: {
    dimensions: ["time"],
    measures: ["registrations", "completed", "completion_rate", "passed", "failed", "pass_rate"],
  },
  difficulty: { dimensions: ["course"], measures: ["registrations", "passed", "failed", "pass_rate", "average_score"] },
  "drop-off": { dimensions: ["course", "status"], measures: ["registrations", "launches", "active_time"] },
  time: { dimensions: ["time"], measures: ["launches", "active_time", "wall_time", "reported_time"] },
  courses: {
    dimensions: ["course"],
    measures: ["registrations", "launches", "completion_rate", "pass_rate", "average_score", "active_time"],
  },
  learners: {
    dimensions: ["learner"],
    measures: ["registrations", "launches", "completion_rate", "average_score", "active_time"],
  },
  customers: {
    dimensions: ["destination"],
    measures: ["active_learners", "registrations", "launches", "completion_rate"],
  },
};

/** A draft with the board's period and filter; "the last days" stay the last days whenever it is run. */
export function toReport({ search, range, zone }: Board, draft: ReportDraft): ReportView {
  const counted = (search.range ?? "30d") !== "custom";
  return create(ReportViewSchema, {
    ...(counted ? { lastDays: range.days } : { startTime: BigInt(range.start), endTime: BigInt(range.end) }),
    timeZone: zoneName(zone),
    step: range.step,
    filter: toBoardFilter(search),
    dimensions: [...draft.dimensions],
    measures: [...draft.measures],
    sort: draft.dimensions[0] === "time" ? 0 : -draft.dimensions.length - 1,
    view: draft.dimensions.length === 1 ? "bars" : "table",
  });
}
