import { median } from "./statistics.ts";

/** One line of a table of API calls; `Api` has the functions that both engines offer. */
export interface Operation<Api> {
  readonly name: string;
  /** A fresh API for one round, initialized unless the operation does that itself. */
  readonly prepare: (make: () => Api) => Api;
  /** Performs `count` operations; answers how many succeeded, so that a refusal cannot pass for speed. */
  readonly run: (api: Api, count: number, make: () => Api) => number;
  readonly count: number;
}

const ROUNDS = 9;
const WARM_UP = 2;

/** Prints operations a second of our API beside scorm-again's, the median of some rounds. Throws when a call is refused. */
export function compareOperations<Api>(
  operations: readonly Operation<Api>[],
  ours: () => Api,
  theirs: () => Api,
): void {
  const shown = (rate: number) => Math.round(rate).toLocaleString("en");
  console.log("| operation | ours, ops/s | scorm-again, ops/s | ratio |\n|---|--:|--:|--:|");
  for (const operation of operations) {
    const rates: [number[], number[]] = [[], []];
    // Taking turns spreads a busy machine over both; the first rounds warm up and are not counted.
    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      const own = measure(operation, ours);
      const other = measure(operation, theirs);
      if (round < WARM_UP) continue;
      rates[0].push(own);
      rates[1].push(other);
    }
    const [own, other] = rates.map(median) as [number, number];
    console.log(`| ${operation.name} | ${shown(own)} | ${shown(other)} | ${(own / other).toFixed(1)} |`);
  }
}

/** Operations per second of one round. */
function measure<Api>(operation: Operation<Api>, make: () => Api): number {
  const api = operation.prepare(make);
  const start = performance.now();
  const done = operation.run(api, operation.count, make);
  const seconds = (performance.now() - start) / 1000;
  if (done !== operation.count) throw new Error(`${operation.name}: ${operation.count - done} calls refused`);
  return operation.count / seconds;
}
