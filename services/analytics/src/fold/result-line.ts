import type { Result } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { STATUSES, type Status } from "./folded.ts";
import { SCORE_UNIT } from "./measures.ts";
import type { SlotBook } from "./slot-book.ts";

/** What counts of a result. */
export interface Stand {
  readonly completion: number;
  readonly success: number;
  /** Millionths. */
  readonly score: number | null;
  readonly progress: number;
}

export const nothingYet: Stand = {
  completion: Completion.NOT_ATTEMPTED,
  success: Success.UNKNOWN,
  score: null,
  progress: 0,
};

export function standOf(result: Result | undefined): Stand {
  if (!result) return nothingYet;
  return {
    completion: result.completion || Completion.NOT_ATTEMPTED,
    success: result.success || Success.UNKNOWN,
    score: result.score ? Math.round(result.score.scaled * SCORE_UNIT) : null,
    progress: result.progress,
  };
}

/** A verdict counts more than completion. */
export function statusOf({ completion, success }: Stand): Status {
  if (success === Success.PASSED) return 4;
  if (success === Success.FAILED) return 5;
  if (completion === Completion.COMPLETE) return 3;
  return completion === Completion.NOT_ATTEMPTED ? 1 : 2;
}

export const isComplete = ({ completion }: Stand): boolean => completion === Completion.COMPLETE;

/** Counts a registration in as standing so, or out. */
export function countIn(slots: SlotBook, versionId: string, at: number, stand: Stand, sign: 1 | -1): void {
  slots.add(versionId, at, "covered", sign);
  slots.add(versionId, at, STATUSES[statusOf(stand) - 1] ?? "incomplete", sign);
  if (isComplete(stand)) slots.add(versionId, at, "complete", sign);
  if (stand.score === null) return;
  slots.add(versionId, at, "scored", sign);
  slots.add(versionId, at, "score", sign * stand.score);
}

/** Verdicts of one try. */
export interface Verdicts {
  failed: number;
  passed: number;
}

/** Counts what became of a result as happenings, and verdicts towards attempts. */
export function countChange(
  slots: SlotBook,
  versionId: string,
  at: number,
  before: Stand,
  stand: Stand,
  verdicts: Verdicts,
): void {
  if (isComplete(stand) && !isComplete(before)) slots.add(versionId, at, "completions", 1);
  if (stand.success === before.success) return;
  if (stand.success === Success.PASSED) {
    slots.add(versionId, at, "passes", 1);
    verdicts.passed += 1;
  }
  if (stand.success === Success.FAILED) {
    slots.add(versionId, at, "failures", 1);
    verdicts.failed += 1;
  }
}
