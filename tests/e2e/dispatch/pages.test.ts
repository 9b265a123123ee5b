import { randomUUID } from "node:crypto";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { WindowMode } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { dispatchCourse, downloadPackage } from "../../product/dispatched-course.ts";
import { type QuizKey, quizKey } from "../../product/quiz.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { type CustomerLms, startCustomerLms } from "./customer-lms.ts";
import { answerRightly, importQuiz, leaveCourse, quizFrame, sessionsOf } from "./dispatched-quiz.ts";
import { strictChromium, strictPage } from "./strict-chromium.ts";
import { unzip } from "./unzip.ts";

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

async function shelve(wishes: Parameters<typeof dispatchCourse>[2] = {}): Promise<string> {
  const dispatch = await dispatchCourse(product, courseId, wishes);
  const { bytes } = await downloadPackage(product, dispatch.id, PackageFormat.SCORM12);
  lms.shelve(dispatch.id, await unzip(bytes));
  return dispatch.id;
}

async function launch(name: string, learner = "ana"): Promise<Page> {
  const page = await strictPage(context);
  await page.goto(lms.launchUrl(name, "1.2", learner));
  return page;
}

const launcher = (page: Page) => page.frameLocator("iframe");

/** Keeps a screenshot for people to look at, when they ask for it. */
async function show(page: Page, name: string): Promise<void> {
  const folder = process.env.DISPATCH_SHOTS;
  if (!folder) return;
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1440, height: 900 });
}

it("opens the course in a window of its own when the customer wants it, and says how to go on", async () => {
  const dispatchId = await shelve({ hostOptions: { windowMode: WindowMode.WINDOW } });
  const page = await launch(dispatchId);
  const open = launcher(page).getByRole("button", { name: "Open course" });
  await open.waitFor();
  await show(page, "open-window");
  expect(await axeViolations(page)).toEqual([]);
  const [first] = await Promise.all([context.waitForEvent("page"), open.click()]);
  await launcher(page).getByRole("heading", { name: "The course is open in another window" }).waitFor();
  await show(page, "in-window");
  await (await quizFrameInWindow(first)).click("[data-testid=quiz-start]");
  await first.close();
  await launcher(page).getByRole("heading", { name: "The course window is closed" }).waitFor();
  await show(page, "window-closed");

  const [second] = await Promise.all([context.waitForEvent("page"), open.click()]);
  const quiz = await quizFrameInWindow(second);
  await answerRightly(quiz, key);
  await quiz.waitForSelector("[data-testid=quiz-result][data-passed=true]");
  const closed = second.waitForEvent("close");
  await leaveCourse(quiz);
  await launcher(page).getByRole("heading", { name: "You’re finished for now" }).waitFor();
  await closed;
  await show(page, "ended");
  expect(await axeViolations(page)).toEqual([]);
  await expect
    .poll(async () => (await sessionsOf(product, dispatchId))[0], { timeout: 20_000 })
    .toMatchObject({ launchCount: 2n, hostResult: { scoreRaw: 100 } });
});

it("refuses in words that a learner understands, in the look of the dispatch", async () => {
  const dispatchId = await shelve({
    branding: {
      primaryColor: "#b3261e",
      supportText: "Call us: 030 123 456\nMonday to Friday",
      supportUrl: "https://help.example",
    },
  });
  const dispatches = rpcClient(product, DispatchService);
  const { dispatch } = await dispatches.getDispatch({ by: { case: "id", value: dispatchId } });
  if (dispatch === undefined) throw new Error("the dispatch is gone");
  dispatch.enabled = false;
  await dispatches.updateDispatch({ dispatch, updateMask: { paths: ["enabled"] } });
  const page = await launch(dispatchId);
  await launcher(page).getByRole("heading", { name: "Your provider has paused this course" }).waitFor();
  await launcher(page).getByText("Call us: 030 123 456").waitFor();
  await show(page, "refused");
  expect(await axeViolations(page)).toEqual([]);

  const german = await browser.newContext({ locale: "de-AT" });
  const seite = await strictPage(german);
  await seite.goto(lms.launchUrl(dispatchId, "1.2", "ana"));
  await launcher(seite).getByText("Ihr Anbieter hat diesen Kurs angehalten.").waitFor();
  expect(await launcher(seite).locator("html").getAttribute("lang")).toBe("de");
  await show(seite, "refused-de");
  await german.close();
});

it("says what is wrong when it was opened without a platform, or from one that is not allowed", async () => {
  const dispatchId = await shelve({ terms: { allowedDomains: ["lms.example.com"] } });
  const alone = await strictPage(context);
  await alone.goto(`${lms.origin}/p/${dispatchId}/index.html`);
  await alone.getByRole("heading", { name: "Please start this course from your learning platform" }).waitFor();
  await show(alone, "no-host");
  expect(await axeViolations(alone)).toEqual([]);
  const elsewhere = await launch(dispatchId);
  await launcher(elsewhere).getByRole("main").getByRole("heading").waitFor();
  await expect.poll(() => launcher(elsewhere).locator("#launcher").getAttribute("data-page")).toBe("refused");
  await show(elsewhere, "domain");
});

it("keeps trying when the server cannot be reached, and opens when it can", async () => {
  const dispatchId = await shelve();
  const page = await strictPage(context);
  const exchanges = "**/dispatch/v1/exchanges";
  await page.route(exchanges, (route) => route.abort("connectionrefused"));
  await page.goto(lms.launchUrl(dispatchId, "1.2", randomUUID()));
  await launcher(page).getByRole("heading", { name: "We can’t reach the course right now" }).waitFor();
  await show(page, "offline");
  expect(await axeViolations(page)).toEqual([]);
  await page.unroute(exchanges);
  await launcher(page).getByRole("button", { name: "Try now" }).click();
  await quizFrame(page);
  await show(page, "course");
});

it("page around the player: a code works once, and links that lead nowhere say so", async () => {
  const page = await strictPage(context);
  await page.goto(`${product.url}/dispatch/v1/links/nothing`);
  await page.getByRole("heading", { name: "This start is no longer valid" }).waitFor();
  await show(page, "link");
  expect(await axeViolations(page)).toEqual([]);
  const dispatchId = await shelve();
  await page.goto(`${product.url}/dispatch/v1/bridge/${dispatchId}#used-code`);
  await page.getByRole("heading", { name: "This start is no longer valid" }).waitFor();
  expect(page.url()).not.toContain("used-code");
  await page.reload();
  await page.getByRole("heading", { name: "This page was opened again" }).waitFor();
  await show(page, "lost");
});

/** In a window of its own the page around the player is the top. */
async function quizFrameInWindow(page: Page) {
  await page.waitForURL(/\/dispatch\/v1\/bridge\//);
  return quizFrame(page);
}
