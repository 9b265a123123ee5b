import { type CallPlace, delivery } from "./delivery.ts";
import { median } from "./statistics.ts";

/** Someone who sends one delivery after the other. */
export interface Sender {
  readonly place: CallPlace;
  /** Resolves when the delivery is acknowledged; rejects when it was not taken. */
  readonly send: (firstSeq: number, text: string) => Promise<void>;
  /** Number of the next call. */
  next: number;
}

/** What one round showed. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds, one for each delivery. */
  readonly latencies: readonly number[];
}

/** All rounds of one side. */
export interface Rounds {
  /** Of the median round. */
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

/** Lets every sender send one delivery after the other for some seconds. */
export async function play(senders: readonly Sender[], size: number, seconds: number): Promise<Round> {
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    senders.map(async (sender) => {
      for (let now = performance.now(); now < end; ) {
        await sender.send(sender.next, delivery(sender.place, size, sender.next));
        sender.next += size;
        const done = performance.now();
        latencies.push(done - now);
        now = done;
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - began) / 1000), latencies };
}

/** Rounds of all sides in turn, so that a machine that slows down slows down all of them. The first turn warms up and does not count. */
export async function takeTurns(sides: readonly (() => Promise<Round>)[], rounds: number): Promise<Rounds[]> {
  const seen = sides.map((): Round[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, side] of sides.entries()) {
      const result = await side();
      if (round > 0) seen[index]?.push(result);
    }
  }
  return seen.map((all) => ({
    perSecond: median(all.map((it) => it.perSecond)),
    latencies: all.flatMap((it) => it.latencies),
  }));
}
