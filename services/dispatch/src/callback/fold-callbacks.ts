import { hasCome, isTooFar, type SequenceWindow, withSequences } from "../sequence/sequence-window.ts";

/** What of a callback decides where it goes. */
export interface NumberedCall {
  readonly sequence: number;
}

/** Which callbacks of a launch have come, and the newest of them. */
export interface CallbackStanding extends SequenceWindow {
  /** 0: none came. */
  readonly newest: number;
}

/** What becomes of callbacks that came together. */
export interface FoldedCallbacks<Call extends NumberedCall> {
  readonly standing: CallbackStanding;
  /** To be kept, each with whether it came after a newer one. */
  readonly taken: readonly { readonly call: Call; readonly late: boolean }[];
  /** Newer than all before; what it says stands. Undefined: nothing newer came. */
  readonly newest: Call | undefined;
  /** Those whose numbers cannot be. */
  readonly refused: ReadonlySet<Call>;
}

/** Takes callbacks of one launch in the order in which they arrived: each number once, and an older one never over a newer. */
export function foldCallbacks<Call extends NumberedCall>(
  before: CallbackStanding,
  calls: readonly Call[],
): FoldedCallbacks<Call> {
  const taken: { call: Call; late: boolean }[] = [];
  const refused = new Set<Call>();
  let standing = before;
  let newest: Call | undefined;
  for (const call of calls) {
    const { sequence } = call;
    if (isTooFar(standing, sequence)) refused.add(call);
    if (isTooFar(standing, sequence) || hasCome(standing, sequence)) continue;
    const late = sequence < standing.newest;
    taken.push({ call, late });
    if (!late) newest = call;
    standing = { ...withSequences(standing, [sequence]), newest: Math.max(standing.newest, sequence) };
  }
  return { standing, taken, newest, refused };
}
