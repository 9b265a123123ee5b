import { clone, create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type HostResult, HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { isEssential, isTaken, type ToldCall } from "./told-call.ts";

type Change = (result: HostResult, value: string) => void;

const completions: Readonly<Record<string, Completion>> = {
  completed: Completion.COMPLETE,
  incomplete: Completion.INCOMPLETE,
  "not attempted": Completion.NOT_ATTEMPTED,
};
const successes: Readonly<Record<string, Success>> = {
  passed: Success.PASSED,
  failed: Success.FAILED,
  unknown: Success.UNKNOWN,
};

const setCompletion: Change = (result, value) => {
  result.completion = completions[value] ?? result.completion;
};
const setSuccess: Change = (result, value) => {
  result.success = successes[value] ?? result.success;
};
/** SCORM 1.2 has one word for both: who passed or failed has been through. */
const setStatus: Change = (result, value) => {
  const success = value === "passed" || value === "failed";
  setCompletion(result, success ? "completed" : value);
  if (success) setSuccess(result, value);
};
const setScore =
  (part: "scoreRaw" | "scoreScaled"): Change =>
  (result, value) => {
    const score = Number(value);
    if (value.trim() !== "" && Number.isFinite(score)) result[part] = score;
  };

const changes: readonly (readonly [suffix: string, change: Change])[] = [
  ["lesson_status", setStatus],
  ["completion_status", setCompletion],
  ["success_status", setSuccess],
  ["score.raw", setScore("scoreRaw")],
  ["score.scaled", setScore("scoreScaled")],
];

/**
 * What a host has now: what it had, changed by what it took of a result. Where it differs from what we have, a mapping or an option of the
 * host made it so.
 * @param calls of one launch. @param at when it took them.
 */
export function toldResult(
  before: HostResult | undefined,
  calls: readonly ToldCall[],
  result: number,
  at: Date,
): HostResult {
  const told = before ? clone(HostResultSchema, before) : create(HostResultSchema);
  const taken = calls.filter((call) => call.resultSequence === result && isEssential(call) && isTaken(call));
  for (const { element, value } of taken.toSorted((one, other) => one.sequence - other.sequence))
    changes.find(([suffix]) => element.endsWith(suffix))?.[1](told, value);
  told.time = timestampFromDate(at);
  return told;
}
