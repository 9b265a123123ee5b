import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { answerQuestion, courseFrame, type QuizKey, questionNumber, quizKey } from "../../product/quiz.ts";
import { type RestClient, restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, type Shape, startProduct } from "../../product/start-product.ts";

describe.each<Shape>(["single", "mesh"])("a learner takes the quiz in the %s shape", (shape) => {
  let product: Product;
  let rest: RestClient;
  let browser: Browser;
  let key: QuizKey;

  beforeAll(async () => {
    [product, browser, key] = await Promise.all([startProduct({ shape }), launchChromium(), quizKey()]);
    rest = restClient(product);
    expect(await rest.importCourse("quiz", await buildQuizPackage())).toMatchObject({ status: "COMPLETE" });
  });
  afterAll(async () => {
    await browser.close();
    await product.remove();
  });

  const open = async (registrationId: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(await rest.launchLink(registrationId));
    return page;
  };

  it("answers everything rightly, leaves, and is passed with 100 %", async () => {
    await rest.register("quiz", "straight");
    const page = await open("straight");
    const frame = await courseFrame(page);
    await frame.click("[data-testid=quiz-start]");
    for (const _ of key.ids) await answerQuestion(frame, key, { rightly: true });
    await frame.waitForSelector("[data-testid=quiz-result][data-passed=true]");
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByText(/You're finished for now/).waitFor();
    await page.close();
    expect(await rest.progress("straight")).toMatchObject({
      registrationCompletion: "COMPLETED",
      registrationSuccess: "PASSED",
      score: { scaled: 100 },
    });
  });

  it("kills the tab in mid-question and goes on with the same question, nothing lost", async () => {
    await rest.register("quiz", "killed");
    const context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(await rest.launchLink("killed"));
    const frame = await courseFrame(first);
    await frame.click("[data-testid=quiz-start]");
    await answerQuestion(frame, key, { rightly: true });
    await answerQuestion(frame, key, { rightly: false });
    expect(await questionNumber(frame)).toBe(3);
    const [option = ""] = key.all[key.ids[2] ?? ""] ?? [];
    await frame.click(`[data-testid=quiz-option-${option}]`);
    await first
      .getByText(/^Saved/)
      .first()
      .waitFor();
    // A crash runs no unload handler: the page is simply gone.
    await first.goto("chrome://crash").catch(() => undefined);
    await first.close().catch(() => undefined);

    const second = await context.newPage();
    await second.goto(await rest.launchLink("killed"));
    const again = await courseFrame(second);
    expect(await questionNumber(again)).toBe(3);
    expect(await again.isChecked(`[data-testid=quiz-option-${option}]`)).toBe(true);
    for (const _ of key.ids.slice(2)) await answerQuestion(again, key, { rightly: true });
    await again.waitForSelector("[data-testid=quiz-result]");
    await second.getByRole("button", { name: "Exit" }).click();
    await second.getByText(/You're finished for now/).waitFor();
    await context.close();
    const percent = Math.round(((key.ids.length - 1) / key.ids.length) * 100);
    expect(await rest.progress("killed")).toMatchObject({
      registrationCompletion: "COMPLETED",
      registrationSuccess: "PASSED",
      score: { scaled: percent },
    });
  });

  it("keeps every call of both, and replay gives the stored state", async () => {
    const journal = rpcClient(product, JournalService);
    const registrations = rpcClient(product, RegistrationService);
    for (const externalId of ["straight", "killed"]) {
      const { registration } = await registrations.getRegistration({
        by: { case: "externalId", value: externalId },
      });
      const registrationId = registration?.id ?? "";
      const { calls } = await journal.listCalls({ registrationId, page: { pageSize: 500 } });
      const answered = calls.filter(
        (call) => call.method === "SetValue" && /^cmi\.interactions\.\d+\.result$/.test(call.element),
      );
      expect(answered.map((call) => call.value)).toEqual(
        key.ids.map((_, index) => (externalId === "killed" && index === 1 ? "wrong" : "correct")),
      );
      expect(calls.filter((call) => call.error !== "0")).toEqual([]);
      expect(await journal.replayJournal({ registrationId })).toMatchObject({
        equalsStoredState: true,
        differences: [],
      });
    }
  });
});
