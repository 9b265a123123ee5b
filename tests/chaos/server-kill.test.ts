import { setTimeout as sleep } from "node:timers/promises";
import { type Call, JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../browser/launch-chromium.ts";
import { buildCountingPackage } from "../product/counting-course.ts";
import { restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

/** How often the server is killed: `npm run chaos` does it 100 times, which takes some minutes. */
const KILLS = Number(process.env.CHAOS_KILLS ?? 12);

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.remove());

it(
  `keeps every acknowledged call, once, through ${KILLS} kills of the server during play`,
  async () => {
    const rest = restClient(product);
    await rest.importCourse("counting", await buildCountingPackage(40));
    await rest.register("counting", "chaos");
    const browser = await launchChromium();
    const page = await browser.newPage();
    let acknowledged = 0;
    page.on("response", (response) => {
      if (!response.url().includes("/api/journal") || !response.ok()) return;
      response.json().then(
        (body: { acknowledgedSeq: number }) => {
          acknowledged = Math.max(acknowledged, body.acknowledgedSeq);
        },
        () => undefined,
      );
    });
    await page.goto(await rest.launchLink("chaos"));

    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = acknowledged;
      // Kill at another moment each time: while idle, while writing, right after an answer.
      await expect.poll(() => acknowledged, { timeout: 30_000, interval: 20 }).toBeGreaterThan(before);
      await sleep((kill * 37) % 200);
      await product.kill();
      await product.restart();
    }

    const last = acknowledged;
    await expect.poll(() => acknowledged, { timeout: 60_000 }).toBeGreaterThan(last);
    const promised = acknowledged;
    await browser.close();
    const calls = await allCalls(product, "chaos");
    const numbers = calls.map((call) => call.seq);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(promised);
    const counted = calls
      .filter((call) => call.element === "cmi.core.lesson_location")
      .map((call) => Number(call.value));
    expect(counted).toEqual(counted.map((_, index) => index + 1));
    expect(calls.filter((call) => call.error !== "0")).toEqual([]);
  },
  KILLS * 15_000 + 120_000,
);

async function allCalls(of: Product, externalId: string): Promise<Call[]> {
  const { registration } = await rpcClient(of, RegistrationService).getRegistration({
    by: { case: "externalId", value: externalId },
  });
  const journal = rpcClient(of, JournalService);
  const calls: Call[] = [];
  for (let pageToken = ""; ; ) {
    const answer = await journal.listCalls({
      registrationId: registration?.id ?? "",
      page: { pageSize: 500, pageToken },
    });
    calls.push(...answer.calls);
    pageToken = answer.page?.nextPageToken ?? "";
    if (pageToken === "") return calls;
  }
}
