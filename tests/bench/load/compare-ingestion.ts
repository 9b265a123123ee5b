import { statementSamples } from "./lrs-statements.ts";
import { type Round, takeTurns } from "./rounds.ts";
import { percentile } from "./statistics.ts";

/** Stores statements, JSON each; resolves when they are acknowledged. */
export type Send = (statements: readonly string[]) => Promise<void>;

/** One side of the comparison. */
export interface IngestionSide {
  /** Each sends its next batch when the one before is acknowledged. */
  readonly senders: readonly Send[];
  /** Seconds of processor time so far, of whoever does the work; undefined where nobody knows. */
  readonly cpu: () => number | undefined;
}

/** How long to compare. */
export interface ComparisonLength {
  readonly seconds: number;
  readonly rounds: number;
}

/** Batches of one and of 50 statements, the database by itself and the record store in turns; prints a table. */
export async function compareIngestion(
  bare: IngestionSide,
  ours: IngestionSide,
  { seconds, rounds }: ComparisonLength,
): Promise<void> {
  console.log(`${ours.senders.length} senders, ${seconds} s a round, median of ${rounds} rounds; statements a second`);
  console.log("batch |    bare    p50    p99 ms  CPU µs |    ours    p50    p99 ms  CPU µs | ratio");
  const make = statementSamples();
  for (const size of [1, 50]) {
    const spent = [0, 0];
    const sides = [bare, ours].map((side, index) => async () => {
      const before = side.cpu() ?? 0;
      const round = await flood(side.senders, make, size, seconds);
      spent[index] = (((side.cpu() ?? 0) - before) / (round.latencies.length * size)) * 1e6;
      return round;
    });
    const [theirs, own] = await takeTurns(sides, rounds);
    if (!theirs || !own) continue;
    const columns = [theirs, own].map(({ perSecond, latencies }, index) =>
      [
        (perSecond * size).toFixed(0).padStart(7),
        percentile(latencies, 0.5).toFixed(1).padStart(6),
        percentile(latencies, 0.99).toFixed(1).padStart(6),
        (spent[index] ?? 0).toFixed(0).padStart(10),
      ].join(" "),
    );
    const ratio = (own.perSecond / theirs.perSecond).toFixed(2);
    console.log(`${String(size).padStart(5)} | ${columns.join(" | ")} | ${ratio}`);
  }
}

async function flood(senders: readonly Send[], make: () => string, size: number, seconds: number): Promise<Round> {
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    senders.map(async (send) => {
      while (performance.now() < end) {
        const batch = Array.from({ length: size }, make);
        const sent = performance.now();
        await send(batch);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - began) / 1000), latencies };
}
