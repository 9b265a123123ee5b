/**
 * Callbacks of packages through the whole product — HTTP at the gateway, BFF, dispatch, PostgreSQL on disk — at a steady rate:
 * `node tests/bench/dispatch-callbacks.ts [--rate 500] [--seconds 20] [--sessions 100] [--shape single]`.
 *
 * Every session has a launch and a connection of its own. A callback's time counts from the moment at which it was due, so that waiting
 * behind a slow one counts too; what processor time a callback costs says more where other work runs on the machine. Beside it a bare insert of one row for each, at the same rate, on the same PostgreSQL. Aim: a 99th
 * percentile below 200 ms. The product runs in a process of its own; this one only sends what was signed before.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Shape, startProduct } from "../product/start-product.ts";
import { startBenchCluster } from "./load/bench-cluster.ts";
import { type CallbackSender, callbackSenders } from "./load/callback-senders.ts";
import { familyCpuSeconds, waitedMs } from "./load/process-cpu.ts";
import { percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: {
    rate: { type: "string", default: "500" },
    seconds: { type: "string", default: "20" },
    sessions: { type: "string", default: "100" },
    shape: { type: "string", default: "single" },
  },
});
const rate = Number(options.rate);
const seconds = Number(options.seconds);
const count = Number(options.sessions);
const AIM_MS = 200;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 8;

const cluster = await startBenchCluster(CONNECTIONS);
let worst = Number.POSITIVE_INFINITY;
try {
  const env = { DATABASE_URL: await cluster.createDatabase("callbacks"), DISPATCH_CALLBACKS_PER_MINUTE: "0" };
  const shape: Shape = options.shape === "mesh" ? "mesh" : "single";
  const product = await startProduct({ shape, env });
  try {
    const senders = await callbackSenders(product, count);
    console.log(`${rate} callbacks a second from ${count} sessions for ${seconds} s, ${shape}`);
    const bare = cluster.bareSenders(count).map(
      ({ send }): CallbackSender => ({
        prepare: () => undefined,
        send: () => send(1, "x".repeat(300)),
        close: () => undefined,
      }),
    );
    for (const [name, side] of [["bare insert", bare] as const, ["callbacks", senders] as const]) {
      await steady(side, WARM_UP_SECONDS);
      const waited0 = waitedMs(product.pid());
      const [product0, postgres0] = [familyCpuSeconds(product.pid()), cluster.cpuSeconds()];
      const latencies = await steady(side, seconds);
      const perItem = (used: number): string => `${((used / latencies.length) * 1000).toFixed(2)} ms`;
      const cpu = `${perItem(familyCpuSeconds(product.pid()) - product0)} + ${perItem(cluster.cpuSeconds() - postgres0)}`;
      const at = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share));
      const figures = at.map((milliseconds) => `${milliseconds.toFixed(1)} ms`).join(" / ");
      console.log(
        `${name.padEnd(12)} ${latencies.length} taken, p50 / p95 / p99 ${figures}, longest ${Math.max(...latencies).toFixed(0)} ms`,
      );
      const waited = (waitedMs(product.pid()) - waited0) / (seconds * 10);
      console.log(
        `${"".padEnd(12)} processor a callback, product + PostgreSQL: ${cpu}; the product waited for one ${waited.toFixed(0)}% of the time`,
      );
      worst = at[2] ?? worst;
    }
    for (const sender of senders) sender.close();
  } finally {
    await product.remove();
  }
} finally {
  await cluster.stop();
}
console.log(worst < AIM_MS ? "aim met" : `aim missed: 99th percentile of ${worst.toFixed(0)} ms`);
process.exitCode = worst < AIM_MS ? 0 : 1;

/** Sends at the rate, each sender one callback at a time. Answers milliseconds from when each was due. */
async function steady(senders: readonly CallbackSender[], duration: number): Promise<number[]> {
  const total = rate * duration;
  const latencies: number[] = [];
  for (const [index, sender] of senders.entries()) sender.prepare(Math.ceil((total - index) / senders.length));
  const began = performance.now();
  await Promise.all(
    senders.map(async (sender, first) => {
      for (let index = first; index < total; index += senders.length) {
        const due = began + (index / rate) * 1000;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        await sender.send();
        latencies.push(performance.now() - due);
      }
    }),
  );
  return latencies;
}
