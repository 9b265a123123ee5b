import { setTimeout as sleep } from "node:timers/promises";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { type Step, StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../browser/launch-chromium.ts";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";
import { buildWalkingPackage } from "../product/walking-course.ts";

/** How often the server is killed: `npm run chaos` sets more. */
const KILLS = Math.ceil(Number(process.env.CHAOS_KILLS ?? 8) / 2);
/** Enough that the course is never at its end before the last kill. */
const ACTIVITIES = KILLS * 4 + 4;

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.remove());

it(
  `takes each step of a sequenced course once, through ${KILLS} kills of the server on the way`,
  async () => {
    const rest = restClient(product);
    await rest.importCourse("walking", await buildWalkingPackage(ACTIVITIES, 30));
    await rest.register("walking", "walker");
    const browser = await launchChromium();
    const page = await browser.newPage();
    let answers = 0;
    page.on("response", async (response) => {
      if (!response.url().includes("/api/journal") || !response.ok()) return;
      const body: { answer?: object } = await response.json().catch(() => ({}));
      if (body.answer) answers += 1;
    });
    await page.goto(await rest.launchLink("walker"));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = answers;
      await expect.poll(() => answers, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before);
      // Another moment each time: in the middle of a step, while it is written, right after it.
      await sleep((kill * 29) % 150);
      await product.kill();
      await product.restart();
    }
    await page.waitForSelector('#player[data-scene="ended"]', { timeout: 60_000 + ACTIVITIES * 500 });
    await browser.close();

    const { registration } = await rpcClient(product, RegistrationService).getRegistration({
      by: { case: "externalId", value: "walker" },
    });
    const instance = registration?.instance;
    expect(instance?.result).toMatchObject({ completion: Completion.COMPLETE, success: Success.PASSED });
    const steps = await allSteps(product, instance?.id ?? "");
    const opened = steps.map(({ activityAfter }) => activityAfter).filter((activity) => activity !== "");
    expect(opened).toEqual(Array.from({ length: ACTIVITIES }, (_, at) => `activity_${at + 1}`));
    expect(await rpcClient(product, StepService).replaySession({ instanceId: instance?.id ?? "" })).toMatchObject({
      identical: true,
    });
    const replayed = await rpcClient(product, JournalService).replayJournal({ registrationId: registration?.id ?? "" });
    expect(replayed).toMatchObject({ equalsStoredState: true, differences: [] });
  },
  KILLS * 15_000 + 180_000,
);

async function allSteps(of: Product, instanceId: string): Promise<Step[]> {
  const service = rpcClient(of, StepService);
  const steps: Step[] = [];
  for (let pageToken = ""; ; ) {
    const answer = await service.listSteps({ instanceId, page: { pageSize: 200, pageToken } });
    steps.push(...answer.steps);
    pageToken = answer.page?.nextPageToken ?? "";
    if (pageToken === "") return steps;
  }
}
