/**
 * What tracing costs a journal commit, in the single shape: `node tests/bench/telemetry.ts [--players 16] [--seconds 2] [--rounds 5]`.
 *
 * Two products run side by side, each with a PostgreSQL of its own, one without telemetry and one that sends every span over OTLP to a
 * receiver of this machine; rounds take turns, so the one that is not asked is idle. Processor time is the product's own, all threads,
 * with export; the receiver is another process and only counts bytes.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type Product, startProduct } from "../product/start-product.ts";
import { cpuSeconds } from "./load/process-cpu.ts";
import { productPlayers } from "./load/product-players.ts";
import { play, type Round, type Rounds, type Sender, takeTurns } from "./load/rounds.ts";
import { median, percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: {
    receive: { type: "boolean", default: false },
    players: { type: "string", default: "16" },
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
  },
});

if (options.receive) receive();
else await compare();

/** An OTLP receiver that keeps nothing. Tells its port first, and the bytes it took whenever it is asked. */
function receive(): void {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.once("end", () => response.setHeader("content-type", "application/json").end("{}"));
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.on("message", () => process.send?.(bytes));
  process.once("disconnect", () => process.exit());
}

interface Side {
  readonly name: string;
  readonly product: Product;
  readonly senders: readonly Sender[];
  /** Microseconds of processor time a commit, of each round. */
  readonly cpu: number[];
  close(): void;
}

async function compare(): Promise<void> {
  const receiver = fork(import.meta.filename, ["--receive"]);
  const ask = async (): Promise<number> => Number((await once(receiver, "message"))[0]);
  const endpoint = `http://127.0.0.1:${await ask()}`;
  const sides: Side[] = [];
  const open = async (name: string, env: Record<string, string>): Promise<Side> => {
    const product = await startProduct({ env });
    const players = await productPlayers(product);
    const side = { name, product, senders: await players.open(Number(options.players)), cpu: [], close: players.close };
    sides.push(side);
    return side;
  };
  try {
    const off = await open("off", {});
    const on = await open("traced", { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const [without, traced] = await takeTurns(
      [off, on].map((side) => () => playAndCount(side)),
      Number(options.rounds),
    );
    if (without === undefined || traced === undefined) return;
    console.log(
      `single shape, ${options.players} players, 1 call, ${options.seconds} s a round, median of ${options.rounds}`,
    );
    console.log("telemetry  commits/s    p50    p99 ms  CPU µs/commit");
    print(off, without);
    print(on, traced);
    const [cpuOff, cpuOn] = [median(off.cpu.slice(1)), median(on.cpu.slice(1))];
    console.log(
      `traced: ${(traced.perSecond / without.perSecond).toFixed(2)} of the commits/s, ${(cpuOn - cpuOff).toFixed(0)} µs more processor time a commit`,
    );
    receiver.send("bytes");
    const bytes = await ask();
    if (bytes === 0) throw new Error("the receiver got no spans, so nothing was measured");
    console.log(`the receiver took ${(bytes / 1e6).toFixed(1)} MB of spans`);
  } finally {
    for (const side of sides) {
      side.close();
      await side.product.remove();
    }
    receiver.disconnect();
  }
}

async function playAndCount({ product, senders, cpu }: Side): Promise<Round> {
  const before = cpuSeconds(product.pid());
  const round = await play(senders, 1, Number(options.seconds));
  const after = cpuSeconds(product.pid());
  cpu.push(
    before === undefined || after === undefined ? Number.NaN : ((after - before) / round.latencies.length) * 1e6,
  );
  return round;
}

function print({ name, cpu }: Side, { perSecond, latencies }: Rounds): void {
  const figures = [
    perSecond.toFixed(0).padStart(9),
    percentile(latencies, 0.5).toFixed(1).padStart(7),
    percentile(latencies, 0.99).toFixed(1).padStart(7),
    // The first round warms up.
    median(cpu.slice(1)).toFixed(0).padStart(17),
  ];
  console.log(name.padEnd(10), figures.join(" "));
}
