import type { Completion, HostResult, Success } from "../../dispatch-protocol/host-result.ts";
import type { HeldResult } from "./dialect.ts";

const COMPLETION_RANK: Readonly<Record<Completion, number>> = {
  unknown: 0,
  "not attempted": 1,
  incomplete: 2,
  completed: 3,
};
const SUCCESS_RANK: Readonly<Record<Success, number>> = { unknown: 0, failed: 1, passed: 2 };

/** The best of what the host holds and of what it should be told, each part for itself; time and location are always the new ones. */
export function betterResult(held: HeldResult, told: HostResult): HostResult {
  const keepsScore = held.scoreRaw !== undefined && (told.scoreRaw === undefined || held.scoreRaw > told.scoreRaw);
  const { scoreRaw, scoreMin, scoreMax } = keepsScore ? held : told;
  return {
    completion: COMPLETION_RANK[held.completion] > COMPLETION_RANK[told.completion] ? held.completion : told.completion,
    success: SUCCESS_RANK[held.success] > SUCCESS_RANK[told.success] ? held.success : told.success,
    ...(scoreRaw !== undefined && { scoreRaw }),
    ...(scoreMin !== undefined && { scoreMin }),
    ...(scoreMax !== undefined && { scoreMax }),
    totalSeconds: told.totalSeconds,
    location: told.location,
  };
}
