import type { Verdict } from "./judge-answer.ts";
import type { Refusal } from "./pipe-lease.ts";
import type { OutgoingStatement } from "./read-ahead.ts";

/** How far statements were taken over. */
export interface Delivery {
  /** The first so many of the statements are done: accepted or refused for good. */
  readonly done: number;
  readonly accepted: readonly OutgoingStatement[];
  readonly refusals: readonly Refusal[];
  /** Why the rest has to wait; undefined when there is none. */
  readonly later: (Verdict & { kind: "later" }) | undefined;
}

/**
 * Sends statements in order. A request that is refused is sent again in halves until the statement is found that the target does not
 * want, so that one bad statement holds up nobody. What is done is always a beginning of the list: a cursor behind it skips nothing.
 * @param send sends some in one request.
 */
export async function deliver(
  statements: readonly OutgoingStatement[],
  send: (statements: readonly OutgoingStatement[]) => Promise<Verdict>,
): Promise<Delivery> {
  const accepted: OutgoingStatement[] = [];
  const refusals: Refusal[] = [];
  const waiting: (readonly OutgoingStatement[])[] = statements.length > 0 ? [statements] : [];
  let done = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const verdict = await send(next);
    if (verdict.kind === "later") return { done, accepted, refusals, later: verdict };
    const [first] = next;
    if (verdict.kind === "refused" && next.length > 1) {
      const half = Math.ceil(next.length / 2);
      waiting.unshift(next.slice(0, half), next.slice(half));
      continue;
    }
    if (verdict.kind === "accepted") accepted.push(...next);
    else if (first) refusals.push({ statementId: first.id, httpStatus: verdict.status, error: verdict.error });
    done += next.length;
  }
  return { done, accepted, refusals, later: undefined };
}
