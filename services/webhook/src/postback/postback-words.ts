import { Completion, type Score, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** Not attempted counts as incomplete, as there. */
export function completionWord(completion: Completion | undefined): string {
  if (completion === Completion.COMPLETE) return "COMPLETED";
  const begun = completion === Completion.INCOMPLETE || completion === Completion.NOT_ATTEMPTED;
  return begun ? "INCOMPLETE" : "UNKNOWN";
}

export function successWord(success: Success | undefined): string {
  if (success === Success.PASSED) return "PASSED";
  return success === Success.FAILED ? "FAILED" : "UNKNOWN";
}

/** From 0 to 100; nothing when there is none. */
export function scoreOf(score: Score | undefined): { score?: { scaled: number } } {
  return score ? { score: { scaled: Math.round(score.scaled * 10_000) / 100 } } : {};
}

/** `0000:01:02.50`, as they write durations. */
export function durationText(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const pad = (value: number, length: number) => String(Math.floor(value)).padStart(length, "0");
  const minutes = Math.floor(hundredths / 6_000);
  return `${pad(minutes / 60, 4)}:${pad(minutes % 60, 2)}:${pad((hundredths % 6_000) / 100, 2)}.${pad(hundredths % 100, 2)}`;
}
