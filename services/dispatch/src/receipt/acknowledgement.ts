import { isEssential, isKeeping, isTaken, isWhole, type ToldCall } from "./told-call.ts";

/** What a launch's host made of the results it was told. */
export interface Verdict<Call extends ToldCall = ToldCall> {
  /** Newest result the host has; 0 for none. */
  readonly accepted: number;
  /** The newest result that was refused although nothing newer was taken, and the call it was refused at. */
  readonly refused: { readonly result: number; readonly by: Call } | undefined;
}

/**
 * Which results a host has: one is taken when every status and score of it was, and a Commit or Finish after them too. A call that was made
 * again counts as it went the last time. A newer result stands for all before it.
 * @param calls of one launch, without gaps, in any order.
 */
export function verdictOf<Call extends ToldCall>(calls: readonly Call[]): Verdict<Call> {
  const inOrder = calls.toSorted((one, other) => one.sequence - other.sequence);
  const results = new Set(inOrder.map(({ resultSequence }) => resultSequence).filter((sequence) => sequence > 0));
  let refused: Verdict<Call>["refused"];
  for (const result of [...results].toSorted((one, other) => other - one)) {
    const { taken, by } = judge(inOrder, result);
    if (taken) return { accepted: result, refused };
    if (by) refused ??= { result, by };
  }
  return { accepted: 0, refused };
}

/** Neither taken nor refused by anything: the host was not asked to keep it yet. */
function judge<Call extends ToldCall>(calls: readonly Call[], result: number): { taken: boolean; by?: Call } {
  const own = calls.filter(({ resultSequence }) => resultSequence === result);
  const whole = own.findLast(isWhole);
  if (whole) return isTaken(whole) ? { taken: true } : { taken: false, by: whole };
  const lastOf = new Map(own.filter(isEssential).map((call) => [call.element, call]));
  const sets = [...lastOf.values()];
  const refused = sets.find((call) => !isTaken(call));
  if (refused) return { taken: false, by: refused };
  const after = sets.length > 0 ? Math.max(...sets.map(({ sequence }) => sequence)) : 0;
  // Without a status of its own, for instance because the host has a better one, only being kept under its number counts.
  const keeping = (sets.length > 0 ? calls : own).filter((call) => isKeeping(call) && call.sequence > after);
  if (keeping.some(isTaken)) return { taken: true };
  const [failed] = keeping.slice(-1);
  return failed ? { taken: false, by: failed } : { taken: false };
}
