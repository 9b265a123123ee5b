import { type CallLike, isError } from "./call-list.ts";

/** A launch on the timeline: its place from 0 to 1, and its calls in bins. */
export interface DensityBand {
  readonly launchId: string;
  readonly from: number;
  readonly to: number;
  readonly callCount: number;
  readonly bins: readonly DensityBin[];
}

/** Calls of a slice of time. `index` is the first of them among all calls. */
export interface DensityBin {
  readonly count: number;
  readonly errors: number;
  readonly index: number;
}

/** Bins over the whole timeline. */
const BINS = 120;

/** No launch is narrower than this share, so that one with a single call can still be hit. */
const SMALLEST = 0.04;

/**
 * One band per launch, side by side: days may lie between launches, and a true time axis would show nothing else. Inside a band time runs
 * evenly. Bands are as wide as they have calls.
 */
export function densityBands(calls: readonly CallLike[]): readonly DensityBand[] {
  const launches: { id: string; first: number; end: number }[] = [];
  calls.forEach((call, index) => {
    const last = launches.at(-1);
    if (last?.id === call.launchId) last.end = index + 1;
    else launches.push({ id: call.launchId, first: index, end: index + 1 });
  });
  const weights = launches.map((launch) => Math.max(SMALLEST, (launch.end - launch.first) / calls.length));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let from = 0;
  return launches.map((launch, place) => {
    const to = from + (weights[place] as number) / whole;
    const own = calls.slice(launch.first, launch.end);
    const band = {
      launchId: launch.id,
      from,
      to,
      callCount: own.length,
      bins: bins(own, launch.first, Math.max(1, Math.round((to - from) * BINS))),
    };
    from = to;
    return band;
  });
}

/** Place of a call from 0 to 1. */
export function placeOf(bands: readonly DensityBand[], calls: readonly CallLike[], index: number): number {
  const call = calls[index];
  const band = bands.find((each) => each.launchId === call?.launchId);
  if (!call || !band) return 0;
  return (
    band.from +
    shareOf(
      calls.filter((each) => each.launchId === band.launchId),
      call,
    ) *
      (band.to - band.from)
  );
}

function bins(calls: readonly CallLike[], offset: number, count: number): readonly DensityBin[] {
  const found = Array.from({ length: count }, () => ({ count: 0, errors: 0, index: -1 }));
  calls.forEach((call, index) => {
    const bin = found[Math.min(count - 1, Math.floor(shareOf(calls, call) * count))];
    if (!bin) return;
    if (bin.index < 0) bin.index = offset + index;
    bin.count += 1;
    if (isError(call)) bin.errors += 1;
  });
  return found;
}

function shareOf(calls: readonly CallLike[], call: CallLike): number {
  const start = Number(calls[0]?.time ?? 0n);
  const span = Number(calls.at(-1)?.time ?? 0n) - start;
  return span > 0 ? Math.min(1, Math.max(0, (Number(call.time) - start) / span)) : 0;
}
