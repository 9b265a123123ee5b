import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { ReceiptOutcome } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { dispatchCourse, downloadPackage } from "../../product/dispatched-course.ts";
import { type QuizKey, questionNumber, quizKey } from "../../product/quiz.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CustomerLms, startCustomerLms } from "./customer-lms.ts";
import { answerRightly, importQuiz, leaveCourse, quizFrame, receiptsOf, sessionsOf } from "./dispatched-quiz.ts";
import { strictChromium, strictPage } from "./strict-chromium.ts";
import { unzip } from "./unzip.ts";

/** Receipts travel when they have gathered. */
const SOON = { timeout: 20_000 };

let product: Product;
let lms: CustomerLms;
let browser: Browser;
let key: QuizKey;
let dispatchId: string;
let context: BrowserContext;

beforeAll(async () => {
  [product, lms, browser, key] = await Promise.all([startProduct(), startCustomerLms(), strictChromium(), quizKey()]);
  dispatchId = (await dispatchCourse(product, await importQuiz(product))).id;
  lms.shelve("quiz", await unzip((await downloadPackage(product, dispatchId, PackageFormat.SCORM12)).bytes));
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([lms?.stop(), product?.remove()]);
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function launch(learner: string): Promise<Page> {
  const page = await strictPage(context);
  await page.goto(lms.launchUrl("quiz", "1.2", learner));
  return page;
}

const recordOf = async (page: Page, learner: string): Promise<Record<string, unknown>> =>
  JSON.parse((await page.evaluate((it) => localStorage.getItem(it), `record:quiz:${learner}`)) ?? "{}");

const sessionOf = async (learner: string) =>
  (await sessionsOf(product, dispatchId)).find(({ learnerId }) => learnerId === learner);

it("a learner who just goes away finds the same question again, and the platform was finished properly", async () => {
  const page = await launch("goes");
  const quiz = await quizFrame(page);
  await quiz.click("[data-testid=quiz-start]");
  await answerRightly(quiz, key, 3);
  expect(await questionNumber(quiz)).toBe(4);
  // Another page of the platform: nobody pressed Exit, and nobody may ask the learner to stay.
  await page.goto(`${lms.origin}/p/quiz/launcher.css`);
  expect(await recordOf(page, "goes")).toMatchObject({ finished: true, exit: "suspend", status: "incomplete" });

  const again = await launch("goes");
  const resumed = await quizFrame(again);
  expect(await questionNumber(resumed)).toBe(4);
  await answerRightly(resumed, key, key.ids.length - 3);
  await resumed.waitForSelector("[data-testid=quiz-result][data-passed=true]");
  await leaveCourse(resumed);
  await again.frameLocator("iframe").getByRole("heading", { name: "You’re finished for now" }).waitFor();
  expect(await recordOf(again, "goes")).toMatchObject({ finished: true, status: "passed", raw: "100" });
  expect(await sessionOf("goes")).toMatchObject({ launchCount: 2n, acknowledgement: Acknowledgement.ACCEPTED });
});

it("what the platform refused is told at the next launch, before anything else", async () => {
  const page = await launch("refused");
  const quiz = await quizFrame(page);
  await page.evaluate(() => {
    const answers = Reflect.get(globalThis, "answers");
    let code = "0";
    answers.LMSSetValue = (element: string) => {
      code = element === "cmi.core.lesson_status" ? "351" : "0";
      return code === "0" ? "true" : "false";
    };
    answers.LMSGetLastError = () => code;
    answers.LMSGetErrorString = () => "General set failure";
  });
  await quiz.click("[data-testid=quiz-start]");
  await answerRightly(quiz, key);
  await quiz.waitForSelector("[data-testid=quiz-result][data-passed=true]");
  await leaveCourse(quiz);
  await page.frameLocator("iframe").getByText("it gets it the next time you start the course").waitFor();
  await expect.poll(async () => (await sessionOf("refused"))?.acknowledgement, SOON).toBe(Acknowledgement.REFUSED);
  const refused = (await receiptsOf(product, dispatchId)).filter(({ outcome }) => outcome === ReceiptOutcome.REFUSED);
  expect(refused.at(-1)).toMatchObject({
    call: "LMSSetValue",
    element: "cmi.core.lesson_status",
    value: "passed",
    errorCode: "351",
    errorText: "General set failure",
  });

  const next = await launch("refused");
  await expect.poll(() => recordOf(next, "refused"), SOON).toMatchObject({ status: "passed", raw: "100" });
  await expect.poll(async () => (await sessionOf("refused"))?.acknowledgement, SOON).toBe(Acknowledgement.ACCEPTED);
  const calls = await next.evaluate((): string[] => Reflect.get(globalThis, "calls"));
  const told = calls.findIndex((call) => call.startsWith("LMSSetValue cmi.core.lesson_status passed"));
  expect(calls.slice(0, told).filter((call) => call.startsWith("LMSCommit")).length).toBeLessThanOrEqual(1);
});
