import type { Gateway } from "./gateway.ts";
import { type PendingResult, readPendingResult } from "./host-result.ts";

/** What the host should be told now. */
export interface PulledResults {
  readonly results: readonly PendingResult[];
  /** The launch was ended by the provider. */
  readonly over: boolean;
}

/**
 * Asks the server for results that are newer than `after`; waits for news up to `waitMs` (at most 25 s). Rejects with a `LaunchError`.
 */
export async function pullResults(
  gateway: Gateway,
  sessionToken: string,
  after: number,
  waitMs: number,
): Promise<PulledResults> {
  const timeoutMs = waitMs + 15_000;
  const body = { sessionToken, afterSequence: String(after), waitMs };
  const answer = await gateway.post("results", body, { timeoutMs });
  const results = Array.isArray(answer.results) ? answer.results : [];
  return {
    results: results.flatMap((value: unknown) => readPendingResult(value) ?? []),
    over: answer.over === true,
  };
}
