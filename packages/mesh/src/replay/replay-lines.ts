import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import type { Call, CallDifference } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import type { Step } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

/** Characters of a value that a line shows. */
const LONGEST = 200;

/** `step 2   2026-11-20T15:10:27.921Z  call 195  Lesson skipped …`. */
export function stepLine({ revision, time, seq, launchId, summary }: Step): string {
  return `step ${String(revision).padEnd(4)} ${isoTime(time)}  ${launchId}:${seq}  ${summary}`;
}

/** One call as the journal has it. Line breaks in values are written as JSON does. */
export function callLine({ seq, callTime, activity, method, element, value, result, error }: Call): string {
  const asked = [element, value].filter((part) => part !== "").map(shown);
  const answer = error === "" || error === "0" ? shown(result) : `${shown(result)} error ${error}`;
  return `  ${String(seq).padStart(5)} ${isoTime(callTime)}  ${activity || "–"} ${method}(${asked.join(", ")}) → ${answer}`;
}

export function differenceLine({ launchId, seq, expectedResult, expectedError }: CallDifference): string {
  return `call ${launchId}:${seq} is answered otherwise by the rules: ${shown(expectedResult)} error ${expectedError || "0"}`;
}

function shown(value: string): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${value.length} characters)` : text;
}

function isoTime(time: Timestamp | undefined): string {
  return time === undefined ? "–" : new Date(timestampMs(time)).toISOString();
}
