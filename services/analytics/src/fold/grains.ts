const MINUTE = 60_000;

/** Length of the finest step, in milliseconds: midnight of every time zone is at one of these. */
export const QUARTER_MS = 15 * MINUTE;

/** Steps of UTC that sums are kept for, finest first. */
export const GRAINS = [0, 1, 2, 3] as const;

/** Quarter hour, hour, day, month. */
export type Grain = (typeof GRAINS)[number];

const LENGTHS = [QUARTER_MS, 60 * MINUTE, 24 * 60 * MINUTE] as const;

/** Beginning of the step that a moment is in. */
export function floorTo(grain: Grain, at: number): number {
  if (grain === 3) {
    const date = new Date(at);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = LENGTHS[grain];
  return Math.floor(at / length) * length;
}

/** First beginning of a step that is not before the moment. */
export function ceilTo(grain: Grain, at: number): number {
  const floor = floorTo(grain, at);
  return floor === at ? at : after(grain, floor);
}

/** Beginning of the step after the one that begins here. */
export function after(grain: Grain, start: number): number {
  if (grain !== 3) return start + LENGTHS[grain];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** A run of whole steps of one grain. */
export interface Piece {
  readonly grain: Grain;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a range into runs of steps as coarse as possible, at most seven of them.
 * @param from -Infinity: from the beginning of time. Both ends are widened to quarter hours.
 */
export function piecesOf(from: number, to: number): Piece[] {
  const end = ceilTo(0, to);
  const pieces: Piece[] = [];
  const add = (grain: Grain, start: number, stop: number): void => {
    if (start < stop) pieces.push({ grain, from: start, to: stop });
  };
  const cut = (grain: Grain, start: number, stop: number): void => {
    if (start >= stop) return;
    if (grain === 0) {
      add(0, start, stop);
      return;
    }
    const finer = (grain - 1) as Grain;
    const inner = start === -Infinity ? start : ceilTo(grain, start);
    const outer = floorTo(grain, stop);
    if (inner >= outer) {
      cut(finer, start, stop);
      return;
    }
    if (start !== -Infinity) cut(finer, start, inner);
    add(grain, inner, outer);
    cut(finer, outer, stop);
  };
  cut(3, from === -Infinity ? from : floorTo(0, from), end);
  return pieces;
}
