/**
 * Journal commits per second through the whole product — HTTP on the content origin, BFF, runtime, PostgreSQL on disk — in both shapes,
 * beside a bare single-row insert of the same text on the same PostgreSQL:
 * `node tests/bench/commit.ts [--shapes single,mesh] [--players 8,64] [--seconds 1.2] [--rounds 3]`.
 *
 * The product runs in processes of its own; this one sends. Every player has a launch and a connection, and sends its next delivery when
 * the one before is acknowledged. Bare clients do the same with one row, over as many database connections as the runtime has for its
 * journal. Aim: a third of the bare rate for single calls, two thirds for ten calls, where calls are counted.
 */
import { parseArgs } from "node:util";
import { type Shape, startProduct } from "../product/start-product.ts";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { commitHead, commitRow } from "./load/commit-table.ts";
import { productPlayers } from "./load/product-players.ts";
import { play, takeTurns } from "./load/rounds.ts";

const { values: options } = parseArgs({
  options: {
    shapes: { type: "string", default: "single,mesh" },
    players: { type: "string", default: "8,64" },
    seconds: { type: "string", default: "1.2" },
    rounds: { type: "string", default: "3" },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
/** What the runtime's journal has by default. */
const CONNECTIONS = 8;
const AIMS = new Map([
  [1, 1 / 3],
  [10, 2 / 3],
]);

const cluster = await startBenchCluster(CONNECTIONS);
const missed: string[] = [];
try {
  console.log(`${CONNECTIONS} connections, ${seconds} s a round, median of ${rounds} rounds\nshape  ${commitHead}`);
  for (const shape of options.shapes.split(",") as Shape[]) await benchShape(shape);
} finally {
  await cluster.stop();
}
console.log(missed.length === 0 ? "all aims met" : `aims missed: ${missed.join(", ")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

async function benchShape(shape: Shape): Promise<void> {
  const product = await startProduct({ shape, env: { DATABASE_URL: await cluster.createDatabase(shape) } });
  const players = await productPlayers(product);
  try {
    for (const count of options.players.split(",").map(Number)) {
      const senders = await players.open(count);
      const bareSenders = cluster.bareSenders(count);
      for (const [calls, aim] of AIMS) {
        const sides = [bareSenders, senders].map((side) => () => play(side, calls, seconds));
        const [bare, ours] = await takeTurns(sides, rounds);
        if (bare === undefined || ours === undefined) continue;
        console.log(commitRow({ label: shape.padEnd(7), players: count, calls, bare, ours }));
        if ((ours.perSecond * calls) / bare.perSecond < aim) missed.push(`${shape} ${count} players ${calls} calls`);
      }
    }
  } finally {
    players.close();
    await product.remove();
  }
}
