import type { ActivityState } from "../cmi12/activity-state.ts";
import type { LessonStatus } from "../cmi12/lesson-status.ts";
import { parseTimespan } from "../cmi12/timespan.ts";
import type { ActivityOutline } from "./course-outline.ts";

/** A score as numbers. A course that gives no `min` or `max` has the book's 0 and 100. */
export interface Score {
  readonly raw: number;
  readonly min: number;
  readonly max: number;
  /** 0..1 between `min` and `max`. */
  readonly scaled: number;
}

/** What one leaf has come to, for a table of contents, a report and the roll-up. */
export interface ActivityResult {
  /** What counts: sessions without credit, in browse or in review mode leave it alone. An asset is `completed` once opened. */
  readonly status: LessonStatus;
  readonly score?: Score;
  /** All sessions, the open one included. */
  readonly totalSeconds: number;
}

/** Result of a leaf; `activity` is its state, undefined when it was never opened. */
export function activityResult(leaf: ActivityOutline, activity: ActivityState | undefined): ActivityResult {
  if (activity === undefined) return { status: "not attempted", totalSeconds: 0 };
  if (leaf.launch?.type === "asset")
    return { status: activity.opened > 0 ? "completed" : "not attempted", totalSeconds: 0 };
  const { values, credited } = activity;
  const status = credited?.status ?? values["cmi.core.lesson_status"] ?? "not attempted";
  const raw = credited?.raw ?? values["cmi.core.score.raw"] ?? "";
  const min = credited?.min ?? values["cmi.core.score.min"] ?? "";
  const max = credited?.max ?? values["cmi.core.score.max"] ?? "";
  const score = toScore(raw, min, max);
  return {
    status: startedButUnset(activity, status) ? "incomplete" : (status as LessonStatus),
    totalSeconds: (activity.totalCentiseconds + openTime(activity)) / 100,
    ...(score && { score }),
  };
}

/** While a session runs and no status was set yet, the learner is in the middle of it, whatever the SCO is still told. */
function startedButUnset(activity: ActivityState, status: string): boolean {
  return status === "not attempted" && activity.credited === undefined && activity.session?.phase === "running";
}

function openTime({ session }: ActivityState): number {
  return session?.phase === "running" ? (parseTimespan(session.time) ?? 0) : 0;
}

function toScore(rawText: string, minText: string, maxText: string): Score | undefined {
  if (rawText === "") return undefined;
  const raw = Number(rawText);
  const min = minText === "" ? 0 : Number(minText);
  const max = maxText === "" ? 100 : Number(maxText);
  // A course that reports max 0 or a maximum below its minimum means the book's range.
  const [from, to] = max > min ? [min, max] : [0, 100];
  return { raw, min: from, max: to, scaled: Math.min(1, Math.max(0, (raw - from) / (to - from))) };
}
