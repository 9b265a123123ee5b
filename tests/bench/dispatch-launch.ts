/**
 * Launches of dispatched courses through the whole product — HTTP at the gateway, BFF, dispatch, runtime, PostgreSQL on disk:
 * `node tests/bench/dispatch-launch.ts [--launches 1000] [--at-once 16]`.
 *
 * A launch is admitted (`exchanges`) and traded for a player (`exchanges/redeem`); each learner is new to the dispatch, which is the dearest
 * case: usage, a seat, a session, a registration, a launch. Beside it, in the same run, the same count of bare answers of the same server
 * (`/healthz`), which is what its HTTP alone can do.
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { importQuiz } from "../e2e/dispatch/dispatched-quiz.ts";
import { dispatchCourse, downloadPackage } from "../product/dispatched-course.ts";
import { askForLaunch, PLATFORM, postToGateway, textOf } from "../product/gateway-launch.ts";
import { startProduct } from "../product/start-product.ts";
import { percentile } from "./load/statistics.ts";

const { values: options } = parseArgs({
  options: { launches: { type: "string", default: "1000" }, "at-once": { type: "string", default: "16" } },
});
const launches = Number(options.launches);
const atOnce = Number(options["at-once"]);

const product = await startProduct({ env: { DISPATCH_LAUNCHES_PER_MINUTE: "0" } });
try {
  const from = await downloadPackage(product, (await dispatchCourse(product, await importQuiz(product))).id);
  const admit = async (number: number): Promise<unknown> =>
    (await askForLaunch(product, from, `learner-${number}`)).body.admission;
  const redeem = async (admission: unknown): Promise<void> => {
    const request = { code: textOf(admission, "code"), parentOrigin: PLATFORM, requestId: randomUUID() };
    textOf((await postToGateway(product, "exchanges/redeem", request, product.url)).body, "playerUrl");
  };
  const bare = async (): Promise<void> => void (await (await fetch(`${product.url}/healthz`)).text());
  for (let number = 0; number < 50; number += 1) await redeem(await admit(-1 - number));
  await measure("bare answer", bare);
  const admissions: unknown[] = [];
  await measure("admitted", async (number) => void admissions.push(await admit(number)));
  await measure("traded", (number) => redeem(admissions[number]));
} finally {
  await product.remove();
}

/** Does something for each launch, so many at once, and prints how fast. */
async function measure(name: string, act: (number: number) => Promise<void>): Promise<void> {
  const latencies: number[] = [];
  let next = 0;
  const began = performance.now();
  const work = async (): Promise<void> => {
    for (let number = next++; number < launches; number = next++) {
      const start = performance.now();
      await act(number);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const rate = launches / ((performance.now() - began) / 1_000);
  const at = [0.5, 0.95, 0.99].map((share) => `${percentile(latencies, share).toFixed(1)} ms`).join(" / ");
  console.log(`${name.padEnd(12)} ${rate.toFixed(0).padStart(5)}/s, ${atOnce} at once: p50 / p95 / p99 ${at}`);
}
