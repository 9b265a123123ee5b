import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispatchCourse, packageBytes } from "../../product/dispatched-course.ts";
import { type QuizKey, questionNumber, quizKey } from "../../product/quiz.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { answerRightly, importQuiz, leaveCourse, quizFrame, sessionsOf } from "./dispatched-quiz.ts";
import { type HacpHost, startHacpHost } from "./hacp-host.ts";
import { strictChromium, strictPage } from "./strict-chromium.ts";
import { unzip } from "./unzip.ts";

/** Results go from server to server, as jobs. */
const SOON = { timeout: 30_000 };

let product: Product;
let host: HacpHost;
let browser: Browser;
let key: QuizKey;
let dispatchId: string;
let unit: string;

beforeAll(async () => {
  host = await startHacpHost();
  [product, browser, key] = await Promise.all([
    startProduct({ env: { EGRESS_ALLOW: host.authority } }),
    strictChromium(),
    quizKey(),
  ]);
  dispatchId = (await dispatchCourse(product, await importQuiz(product))).id;
  const files = await unzip(await packageBytes(product, dispatchId, PackageFormat.AICC));
  const [units] = [...files].filter(([name]) => /\.au$/i.test(name)).map(([, bytes]) => bytes.toString());
  unit = /"(http[^"]+)"/.exec(units ?? "")?.[1] ?? "";
  expect(unit.startsWith(product.url)).toBe(true);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([host?.stop(), product?.remove()]);
});

it("a learner of an AICC platform takes the course, and the platform is told from server to server", async () => {
  const page = await strictPage(await browser.newContext());
  await page.goto(host.launchUrl(unit, "ana"));
  const first = await quizFrame(page);
  await first.click("[data-testid=quiz-start]");
  await answerRightly(first, key, 3);
  // Gone in mid-course: nothing in the browser could have told the platform.
  await page.goto("about:blank");
  await expect
    .poll(() => host.puts.get("ana")?.at(-1), SOON)
    .toMatchObject({ lesson_status: expect.stringMatching(/^i/) });

  await page.goto(host.launchUrl(unit, "ana"));
  const again = await quizFrame(page);
  expect(await questionNumber(again)).toBe(4);
  await answerRightly(again, key, key.ids.length - 3);
  await again.waitForSelector("[data-testid=quiz-result][data-passed=true]");
  await leaveCourse(again);
  await again.parentFrame()?.getByText("You're finished for now.").waitFor();
  await expect
    .poll(() => host.puts.get("ana")?.at(-1), SOON)
    .toMatchObject({ lesson_status: expect.stringMatching(/^p/), score: expect.stringMatching(/^100/) });
  await expect.poll(() => host.commands.get("ana")?.at(-1), SOON).toBe("exitau");
  await expect
    .poll(async () => (await sessionsOf(product, dispatchId))[0], SOON)
    .toMatchObject({ learnerId: "ana", launchCount: 2n, acknowledgement: Acknowledgement.ACCEPTED });
  await page.close();
});

it("the unit's address alone opens nothing, and says why", async () => {
  const page = await strictPage(await browser.newContext());
  await page.goto(unit);
  await page.getByRole("heading", { name: "Please start this course from your learning platform" }).waitFor();
  await page.close();
});
