import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { type LoopbackReceiver, type Received, startLoopbackReceiver } from "../../product/loopback-receiver.ts";
import { answerQuestion, courseFrame, quizKey } from "../../product/quiz.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CloudCall, CloudError, scormCloudClient } from "./scorm-cloud-client.ts";

const learner = { id: "ana", firstName: "Ana", lastName: "Silva", email: "ana@example.org" };

describe("postBack of SCORM Cloud's published client", () => {
  let product: Product;
  let receiver: LoopbackReceiver;
  let browser: Browser;
  let call: CloudCall;

  beforeAll(async () => {
    [product, receiver, browser] = await Promise.all([
      startProduct({ env: { EGRESS_ALLOW: "127.0.0.1" } }),
      startLoopbackReceiver(),
      launchChromium(),
    ]);
    call = scormCloudClient(product, product.apiKey);
    await restClient(product).importCourse("quiz", await buildQuizPackage());
  });
  afterAll(async () => {
    await browser.close();
    await product.remove();
    await receiver.stop();
  });

  const sent = (path: string): readonly Received[] => receiver.received.filter((one) => one.path === path);
  const refused = async (answer: Promise<unknown>): Promise<CloudError> => {
    const error: unknown = await answer.then(() => undefined).catch((reason: unknown) => reason);
    if (error instanceof CloudError) return error;
    throw new Error("it was not refused");
  };
  const register = (registrationId: string, postBack: object) =>
    call("RegistrationApi", "createRegistration", { courseId: "quiz", registrationId, learner, postBack }, {});

  it("tests a configuration with an example, as a form and with basic credentials", async () => {
    const credentials = { userName: "ann", password: "s3cret&" };
    const form = { url: `${receiver.url}/form`, authType: "FORM", ...credentials };
    expect((await call("RegistrationApi", "testRegistrationPostback", form)).status).toBe(204);
    const fields = new URLSearchParams(sent("/form")[0]?.body);
    expect([fields.get("userName"), fields.get("password")]).toEqual(["ann", "s3cret&"]);
    expect(JSON.parse(fields.get("data") ?? "")).toMatchObject({ registrationCompletion: "COMPLETED" });

    const basic = { url: `${receiver.url}/basic`, authType: "HTTPBASIC", resultsFormat: "ACTIVITY", ...credentials };
    await call("RegistrationApi", "testRegistrationPostback", basic);
    const [request] = sent("/basic");
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from("ann:s3cret&").toString("base64")}`);
    expect(JSON.parse(request?.body ?? "")).toHaveProperty("activityDetails");
  });

  it("says what is wrong with one, and registers nobody with it", async () => {
    receiver.answer(500);
    const broken = call("RegistrationApi", "testRegistrationPostback", { url: `${receiver.url}/broken` });
    expect((await refused(broken)).body.message).toContain("500");
    receiver.answer(204);
    const legacy = await refused(register("legacy", { url: receiver.url, legacy: true }));
    expect([legacy.status, legacy.body.message]).toEqual([400, expect.stringContaining("postBack.legacy")]);
    const private_ = await refused(register("private", { url: "http://10.0.0.1/" }));
    expect(private_.status).toBe(400);
    for (const id of ["legacy", "private"])
      expect((await refused(call("RegistrationApi", "getRegistration", id))).status).toBe(404);
  });

  it("posts how a registration stands as its learner goes on, and no other", async () => {
    await register("told", { url: `${receiver.url}/told`, authType: "HTTPBASIC", userName: "lms", password: "pw" });
    await restClient(product).register("quiz", "silent", learner);
    for (const id of ["told", "silent"]) await pass(id);
    const told = () => sent("/told").map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    await expect.poll(told, { timeout: 15_000 }).toContainEqual(
      expect.objectContaining({
        id: "told",
        registrationCompletion: "COMPLETED",
        registrationSuccess: "PASSED",
        score: { scaled: 100 },
        learner: expect.objectContaining({ firstName: "Ana" }),
      }),
    );
    expect(new Set(told().map(({ id }) => id))).toEqual(new Set(["told"]));
  });

  it("ends with its registration", async () => {
    const owned = async () => (await rpcClient(product, EndpointService).listEndpoints({ withOwned: true })).endpoints;
    expect((await owned()).map(({ owner }) => owner?.owner.case)).toEqual(["registrationId"]);
    await call("RegistrationApi", "deleteRegistration", "told");
    expect(await owned()).toEqual([]);
  });

  async function pass(registrationId: string): Promise<void> {
    const key = await quizKey();
    const page = await browser.newPage();
    await page.goto(await restClient(product).launchLink(registrationId));
    const frame = await courseFrame(page);
    await frame.click("[data-testid=quiz-start]");
    for (const _ of key.ids) await answerQuestion(frame, key, { rightly: true });
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByText(/You're finished for now/).waitFor();
    await page.close();
  }
});
