import type { Rounds } from "./rounds.ts";
import { percentile } from "./statistics.ts";

/** One line: a number of players and calls in a delivery, bare and ours. */
export interface CommitRow {
  /** What stands in front, for instance the shape; of the width of the head's. */
  readonly label?: string;
  readonly players: number;
  readonly calls: number;
  readonly bare: Rounds;
  readonly ours: Rounds;
}

export const commitHead =
  "players calls |  bare/s    p50    p99 ms |  ours/s    p50    p99 ms  calls/s | ratio  calls ratio";

/** The line under `commitHead`. Ratio: deliveries to bare inserts; calls ratio: calls to bare inserts. */
export function commitRow({ label = "", players, calls, bare, ours }: CommitRow): string {
  const ratio = ours.perSecond / bare.perSecond;
  return [
    `${label}${cell(players, 7)}${cell(calls, 6)} `,
    `${figures(bare)}    `,
    `${figures(ours)}   ${cell((ours.perSecond * calls).toFixed(0), 8)} `,
    `${cell(ratio.toFixed(2), 6)}${cell((ratio * calls).toFixed(2), 13)}`,
  ].join("|");
}

function figures({ perSecond, latencies }: Rounds): string {
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  return `${cell(perSecond.toFixed(0), 8)}${cell(p50.toFixed(1), 7)}${cell(p99.toFixed(1), 7)}`;
}

const cell = (value: number | string, width: number): string => String(value).padStart(width);
