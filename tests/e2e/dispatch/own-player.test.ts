import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispatchCourse, downloadPackage } from "../../product/dispatched-course.ts";
import { secondOwner } from "../../product/organization-keys.ts";
import { type QuizKey, quizKey } from "../../product/quiz.ts";
import { type RestClient, restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { answerRightly, importQuiz, leaveCourse, quizFrame, sessionsOf } from "./dispatched-quiz.ts";
import { strictChromium, strictPage } from "./strict-chromium.ts";

let product: Product;
let browser: Browser;
let key: QuizKey;
let courseId: string;
/** Another organization of the same installation: the customer. */
let customer: RestClient;

beforeAll(async () => {
  [product, browser, key] = await Promise.all([startProduct(), strictChromium(), quizKey()]);
  courseId = await importQuiz(product);
  customer = restClient(product, await secondOwner(product));
});
afterAll(async () => {
  await browser?.close();
  await product?.remove();
});

it.each([
  ["SCORM 1.2", PackageFormat.SCORM12],
  ["SCORM 2004 3rd edition", PackageFormat.SCORM2004_3RD],
  ["SCORM 2004 4th edition", PackageFormat.SCORM2004_4TH],
])("a customer imports a package of %s, a learner takes the course, both sides know", async (_title, format) => {
  const dispatch = await dispatchCourse(product, courseId);
  const name = `dispatched-${format}`;
  const { bytes } = await downloadPackage(product, dispatch.id, format);
  expect(await customer.importCourse(name, bytes)).toMatchObject({ status: "COMPLETE" });
  await customer.register(name, name);
  const page = await strictPage(await browser.newContext());
  await page.goto(await customer.launchLink(name));
  const quiz = await quizFrame(page);
  await quiz.click("[data-testid=quiz-start]");
  await answerRightly(quiz, key);
  await quiz.waitForSelector("[data-testid=quiz-result][data-passed=true]");
  await leaveCourse(quiz);
  // SCORM 2004 lets a page say that the learner is done with the whole; in 1.2 the learner says it.
  if (format === PackageFormat.SCORM12) {
    await page.frameLocator("iframe").getByRole("heading", { name: "You’re finished for now" }).waitFor();
    await page.getByRole("button", { name: "Exit" }).click();
  }
  await page.getByText("You're finished for now.").waitFor();
  await page.close();
  expect(await customer.progress(name)).toMatchObject({
    registrationCompletion: "COMPLETED",
    registrationSuccess: "PASSED",
    score: { scaled: 100 },
  });
  await expect
    .poll(async () => (await sessionsOf(product, dispatch.id))[0], { timeout: 20_000 })
    .toMatchObject({ result: { score: { raw: 100 } }, hostResult: { scoreRaw: 100 } });
});
