import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  Completion,
  type Result,
  ResultSchema,
  type Score,
  ScoreSchema,
  Success,
} from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";

/** How far a learner is in a course, as the columns of an instance hold it. */
export interface StoredResult {
  readonly completion: Completion;
  readonly success: Success;
  readonly scoreScaled: number | null;
  readonly scoreRaw: number | null;
  readonly scoreMin: number | null;
  readonly scoreMax: number | null;
  readonly totalSeconds: number;
  /** 0..1 */
  readonly progress: number;
}

/** What an instance has before its first launch. */
export const emptyResult: StoredResult = {
  completion: Completion.NOT_ATTEMPTED,
  success: Success.UNKNOWN,
  scoreScaled: null,
  scoreRaw: null,
  scoreMin: null,
  scoreMax: null,
  totalSeconds: 0,
  progress: 0,
};

const completions = {
  unknown: Completion.NOT_ATTEMPTED,
  incomplete: Completion.INCOMPLETE,
  complete: Completion.COMPLETE,
} as const;
const successes = { unknown: Success.UNKNOWN, passed: Success.PASSED, failed: Success.FAILED } as const;

/** The roll-up of packages/scorm as columns. */
export function storedResult(result: CourseResult): StoredResult {
  return {
    completion: completions[result.completion],
    success: successes[result.success],
    scoreScaled: result.score?.scaled ?? null,
    scoreRaw: result.score?.raw ?? null,
    scoreMin: result.score?.min ?? null,
    scoreMax: result.score?.max ?? null,
    totalSeconds: result.totalSeconds,
    progress: result.progress,
  };
}

/** The contract's message; the times are those of the server. */
export function resultMessage(
  result: StoredResult,
  firstAccess: Date | null | undefined,
  lastAccess: Date | null | undefined,
): Result {
  return create(ResultSchema, {
    completion: result.completion,
    success: result.success,
    totalSeconds: result.totalSeconds,
    progress: result.progress,
    ...(result.scoreScaled !== null && {
      score: scoreMessage({
        scaled: result.scoreScaled,
        raw: result.scoreRaw,
        min: result.scoreMin,
        max: result.scoreMax,
      }),
    }),
    ...(firstAccess && { firstAccessTime: timestampFromDate(firstAccess) }),
    ...(lastAccess && { lastAccessTime: timestampFromDate(lastAccess) }),
  });
}

/** A score with those of its numbers that are known. */
export function scoreMessage(score: {
  readonly scaled: number;
  readonly raw: number | null;
  readonly min: number | null;
  readonly max: number | null;
}): Score {
  return create(ScoreSchema, {
    scaled: score.scaled,
    ...(score.raw !== null && { raw: score.raw }),
    ...(score.min !== null && { min: score.min }),
    ...(score.max !== null && { max: score.max }),
  });
}
