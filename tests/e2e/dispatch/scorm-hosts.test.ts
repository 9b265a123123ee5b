import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dispatchCourse, downloadPackage } from "../../product/dispatched-course.ts";
import { type QuizKey, quizKey } from "../../product/quiz.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CustomerLms, type LmsStandard, startCustomerLms } from "./customer-lms.ts";
import { answerRightly, importQuiz, leaveCourse, quizFrame, receiptsOf, sessionsOf } from "./dispatched-quiz.ts";
import { strictChromium, strictPage } from "./strict-chromium.ts";
import { unzip } from "./unzip.ts";

const FORMATS = [
  ["SCORM 1.2", PackageFormat.SCORM12, "1.2"],
  ["SCORM 2004 3rd edition", PackageFormat.SCORM2004_3RD, "2004"],
  ["SCORM 2004 4th edition", PackageFormat.SCORM2004_4TH, "2004"],
] as const satisfies readonly (readonly [string, PackageFormat, LmsStandard])[];

/** Receipts travel when they have gathered. */
const SOON = { timeout: 20_000 };

let product: Product;
let lms: CustomerLms;
let browser: Browser;
let key: QuizKey;
let courseId: string;
let context: BrowserContext;

beforeAll(async () => {
  [product, lms, browser, key] = await Promise.all([startProduct(), startCustomerLms(), strictChromium(), quizKey()]);
  courseId = await importQuiz(product);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([lms?.stop(), product?.remove()]);
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
});
afterEach(() => context.close());

/** Exports the quiz for a customer and puts the package on the shelf of their platform. */
async function shelve(name: string, format: PackageFormat): Promise<string> {
  const dispatch = await dispatchCourse(product, courseId, { terms: { allowedDomains: [new URL(lms.origin).host] } });
  const { bytes } = await downloadPackage(product, dispatch.id, format);
  lms.shelve(name, await unzip(bytes));
  return dispatch.id;
}

async function launch(name: string, standard: LmsStandard): Promise<Page> {
  const page = await strictPage(context);
  await page.goto(lms.launchUrl(name, standard, "ana"));
  return page;
}

/** What the platform keeps of a learner. */
const recordOf = async (page: Page, name: string): Promise<Record<string, unknown>> =>
  JSON.parse((await page.evaluate((it) => localStorage.getItem(it), `record:${name}:ana`)) ?? "{}");

describe.each(FORMATS)("a package of %s in another platform", (title, format, standard) => {
  const name = title.replace(/\W+/g, "-");

  it("runs the course here, and the result is on both sides", async () => {
    const dispatchId = await shelve(name, format);
    const page = await launch(name, standard);
    const quiz = await quizFrame(page);
    await quiz.click("[data-testid=quiz-start]");
    await answerRightly(quiz, key);
    await quiz.waitForSelector("[data-testid=quiz-result][data-passed=true]");
    const told =
      standard === "1.2"
        ? { status: "passed", raw: "100" }
        : { completion: "completed", success: "passed", raw: "100", scaled: "1" };
    // Told while the course still runs; SCORM 1.2 decides about the status when the course has finished.
    await expect.poll(() => recordOf(page, name), SOON).toMatchObject({ raw: "100", finished: false });

    await leaveCourse(quiz);
    await page.frameLocator("iframe").getByRole("heading", { name: "You’re finished for now" }).waitFor();
    const record = await recordOf(page, name);
    expect(record).toMatchObject({ ...told, finished: true, exit: standard === "1.2" ? "" : "normal" });
    expect(String(record.suspendData).length).toBeGreaterThan(10);
    expect(String(record.suspendData).length).toBeLessThanOrEqual(200);

    await expect
      .poll(async () => (await sessionsOf(product, dispatchId)).map(({ acknowledgement }) => acknowledgement), SOON)
      .toEqual([Acknowledgement.ACCEPTED]);
    const [session] = await sessionsOf(product, dispatchId);
    expect(session?.result).toMatchObject({ completion: Completion.COMPLETE, success: Success.PASSED });
    expect(session).toMatchObject({ learnerId: "ana", learnerName: "Silva, Ana", instanceToken: record.suspendData });
    const receipts = await receiptsOf(product, dispatchId);
    expect(receipts.filter(({ call }) => /Finish|Terminate/.test(call))).toHaveLength(1);
    expect(receipts.map(({ returned }) => returned).join()).not.toContain("Silva");
  });
});
