import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** Where a registration stands when it is launched. */
export interface RestartFacts {
  readonly completion: Completion;
  readonly success: Success;
  /** Tries so far. */
  readonly instanceCount: number;
  /** The course has another current version than the present try. */
  readonly newerVersion: boolean;
}

/**
 * Whether a launch begins a new try instead of resuming the present one, by the settings `restart.policy` and `limits.attempts`.
 * When no try is left, the present one is resumed.
 */
export function beginsAnew(settings: Readonly<Record<string, string>>, facts: RestartFacts): boolean {
  const limit = Number(settings["limits.attempts"] ?? "0");
  if (limit > 0 && facts.instanceCount >= limit) return false;
  const completed = facts.completion === Completion.COMPLETE;
  switch (settings["restart.policy"]) {
    case "when_completed":
      return completed;
    case "when_passed":
      return facts.success === Success.PASSED;
    case "when_newer_version":
      return facts.newerVersion;
    case "when_completed_and_newer_version":
      return completed && facts.newerVersion;
    default:
      return false;
  }
}
