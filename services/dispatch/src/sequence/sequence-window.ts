/** Which numbers of a series that counts from 1 have come, in whatever order. */
export interface SequenceWindow {
  /** Highest number up to which none is missing. */
  readonly acknowledged: number;
  /** Numbers beyond a gap, ascending. */
  readonly ahead: readonly number[];
}

/** Numbers further ahead than this are refused: nobody loses so many and goes on. */
export const MOST_AHEAD = 2_000;

/** Whether a number has come. */
export function hasCome({ acknowledged, ahead }: SequenceWindow, sequence: number): boolean {
  return sequence <= acknowledged || ahead.includes(sequence);
}

/** Whether a number is so far ahead that keeping track of the gap is refused. */
export function isTooFar({ acknowledged }: SequenceWindow, sequence: number): boolean {
  return sequence > acknowledged + MOST_AHEAD;
}

/** The window with these numbers come too. */
export function withSequences(window: SequenceWindow, sequences: readonly number[]): SequenceWindow {
  const waiting = new Set([...window.ahead, ...sequences]);
  let { acknowledged } = window;
  while (waiting.has(acknowledged + 1)) acknowledged += 1;
  const ahead = [...waiting].filter((sequence) => sequence > acknowledged).toSorted((one, other) => one - other);
  return { acknowledged, ahead };
}
