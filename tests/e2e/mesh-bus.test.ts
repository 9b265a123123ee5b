import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { hasRedis, startRedis, type TestRedis } from "@coursemesh/platform/testing/redis-server.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { type Figures, Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentRequest } from "../product/content-request.ts";
import { type RestClient, restClient } from "../product/rest-client.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";
import { xapiClient } from "../product/xapi-client.ts";

/** Events need no more than a moment; a busy machine may. */
const SOON = { timeout: 20_000 };
const began = Date.now();
let product: Product;
let rest: RestClient;

/** Registers a learner who opens the course and passes. */
async function play(registrationId: string): Promise<void> {
  await rest.register("told", registrationId);
  const link = (await rest.launchLink(registrationId)).replace(/\/?$/, "/");
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await contentRequest(link + path, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status, answer.body).toBe(200);
    return JSON.parse(answer.body);
  };
  const opened = (await post("api/open", {})) as { outline: { activities: { identifier: string }[] } };
  const name = opened.outline.activities[0]?.identifier ?? "";
  const at = Date.now();
  await post("api/journal?first=1", [
    [at, "", "Navigate", "choice", name, "true", "0"],
    [at, name, "Initialize", "", "", "true", "0"],
    [at, name, "SetValue", "cmi.core.score.raw", "90", "true", "0"],
    [at, name, "SetValue", "cmi.core.lesson_status", "passed", "true", "0"],
    [at, name, "Commit", "", "", "true", "0"],
  ]);
}

async function figures(): Promise<Pick<Figures, "launches" | "passes" | "newRegistrations"> | undefined> {
  const period = {
    startTime: timestampFromMs(began - 3_600_000),
    endTime: timestampFromMs(Date.now() + 3_600_000),
    step: Step.DAY,
  };
  return (await rpcClient(product, OverviewService).getOverview({ period })).figures;
}

/** What the record store holds: registration, verb and object of each statement. */
async function statements(): Promise<string[]> {
  const answer = await xapiClient(product)("GET", "statements", { query: { limit: "100" } });
  const found = answer.json().statements as Record<string, { id: string; registration: string }>[];
  return found.map(({ context, verb, object }) => {
    return `${context?.registration} ${verb?.id.split("/").at(-1)} ${object?.id}`;
  });
}
const passes = async (): Promise<string[]> => (await statements()).filter((text) => text.includes(" passed "));

describe.each<"the event log" | "Redis">(["the event log", "Redis"])("events through %s", (way) => {
  const redisIsMissing = way === "Redis" && !hasRedis();
  let redis: TestRedis | undefined;
  let started: Product | undefined;
  beforeAll(async () => {
    if (redisIsMissing) return;
    if (way === "Redis") redis = await startRedis();
    started = await startProduct({ shape: "mesh", env: redis ? { REDIS_URL: redis.url } : {} });
    product = started;
    rest = restClient(product);
    await rest.importCourse("told", await buildQuizPackage());
  });
  afterAll(async () => {
    // What could not start is not there to be removed.
    await started?.remove();
    await redis?.stop();
  });

  it.skipIf(redisIsMissing)("counts what is played in another process, and writes statements of it", async () => {
    await play("one");
    await expect.poll(figures, SOON).toMatchObject({ newRegistrations: 1n, launches: 1n, passes: 1n });
    await expect.poll(passes, SOON).not.toHaveLength(0);
  });

  it.skipIf(redisIsMissing)("goes on where it was after all processes stopped", async () => {
    await rest.register("told", "waiting");
    await product.stop();
    await product.restart();
    await play("two");
    await expect.poll(figures, SOON).toMatchObject({ newRegistrations: 3n, launches: 2n, passes: 2n });
    const registrations = async (): Promise<number> => new Set((await passes()).map((text) => text.split(" ")[0])).size;
    await expect.poll(registrations, SOON).toBe(2);
  });

  it.skipIf(redisIsMissing)("removes registrations and files of a course that is deleted", async () => {
    expect((await rest.request("DELETE", "/courses/told")).status).toBe(204);
    const told = async (): Promise<string[]> => {
      const { events } = await rpcClient(product, EventService).listEvents({ limit: 500 });
      return events.map(({ type }) => type).filter((type) => /^(registration|package)\.deleted$/.test(type));
    };
    await expect
      .poll(async () => (await told()).toSorted(), SOON)
      .toEqual(["package.deleted", ...Array.from({ length: 3 }, () => "registration.deleted")]);
    expect((await rest.request("GET", "/registrations/one")).status).toBe(404);
  });
});
