import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { buildVerdictPackage } from "../../product/verdict-course.ts";

let product: Product;
let browser: Browser;
let page: Page;
/** Address of the boards. */
let boards: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  const rest = restClient(product);
  await rest.importCourse("verdicts", await buildVerdictPackage());
  for (const id of ["pass-ana", "pass-ben", "fail-cem", "pass-dee"])
    await rest.register("verdicts", id, { id, firstName: id, lastName: "Learner" });
  await play("pass-ana");
  await play("pass-ben");
  await play("fail-cem");
  page = await signIn({ width: 1440, height: 900 }, "light");
  boards = new URL("analytics/", `${page.url()}/`).href;
});
afterAll(async () => {
  await browser?.close();
  await product?.remove();
});

async function signIn(viewport: { width: number; height: number }, colorScheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB", timezoneId: "Europe/Berlin" });
  const signedIn = await context.newPage();
  await signedIn.goto(`${product.url}/sign-in`);
  await signedIn.getByLabel("E-mail").fill(product.admin.email);
  await signedIn.getByLabel("Password", { exact: true }).fill(product.admin.password);
  await signedIn.getByRole("button", { name: "Sign in" }).click();
  await signedIn.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  return signedIn;
}

/** Launches a registration and lets its course play itself to the end. */
async function play(registrationId: string): Promise<void> {
  const rest = restClient(product);
  const player = await browser.newPage();
  await player.goto(await rest.launchLink(registrationId));
  const verdict = registrationId.startsWith("fail") ? "FAILED" : "PASSED";
  await vi.waitFor(
    async () => {
      const { registrationSuccess } = await rest.progress(registrationId);
      if (registrationSuccess !== verdict) throw new Error(`${registrationId} is ${registrationSuccess}`);
    },
    { timeout: 30_000, interval: 100 },
  );
  await player.close();
}

const card = (question: string, on: Page = page): Locator => on.getByRole("region", { name: question, exact: true });
/** The number a card answers with, as it changes. */
const expectNumber = (question: string, value: string) =>
  expect
    .poll(() => card(question).getByRole("button", { name: question }).innerText(), { timeout: 30_000 })
    .toBe(value);
const drawer = (): Locator => page.getByRole("dialog");
const listed = async (): Promise<string[]> =>
  (await drawer().locator("[data-registration]").allInnerTexts()).toSorted();
const names = (...ids: string[]): string[] => ids.map((id) => `${id} Learner`);

async function openedList(count: number): Promise<string[]> {
  await drawer().locator(`[data-total="${count}"]`).waitFor();
  return listed();
}

async function closeList(): Promise<void> {
  await page.keyboard.press("Escape");
  await drawer().waitFor({ state: "detached" });
}

describe("figures", () => {
  it("are what was played, and each opens exactly the registrations it counts", async () => {
    await page.goto(`${boards}reach`);
    await expectNumber("How many learners were active?", "3");
    await expectNumber("How often were courses opened?", "3");
    await expectNumber("How many registrations are new?", "4");
    await card("How many learners were active?")
      .getByRole("button", { name: /How many learners/ })
      .click();
    expect(await openedList(3)).toEqual(names("fail-cem", "pass-ana", "pass-ben"));
    await page.reload();
    expect(await openedList(3)).toHaveLength(3);
    await closeList();

    await page.getByRole("link", { name: "Completion" }).click();
    await expectNumber("How many of those judged are passed?", "67%");
    await card("How many of those judged are passed?").getByText("2 of 3 judged registrations").waitFor();
    await card("Where do registrations stand?")
      .getByRole("button", { name: /^Failed/ })
      .click();
    expect(await openedList(1)).toEqual(names("fail-cem"));
    await closeList();
    await card("Where do registrations stand?")
      .getByRole("button", { name: /^Not launched/ })
      .click();
    expect(await openedList(1)).toEqual(names("pass-dee"));
    await closeList();
  });

  it("look into a course: scores, attempts, answers, and where learners stop", async () => {
    await page.goto(`${boards}difficulty`);
    await expectNumber("How are scores spread?", "90%");
    await card("How are scores spread?").locator('[data-point="4"]').click();
    expect(await openedList(1)).toEqual(names("fail-cem"));
    await closeList();
    await card("How many attempts does it take?").locator('[data-point="0"]').click();
    expect(await openedList(1)).toEqual(names("fail-cem"));
    await closeList();
    await card("Which questions are hard?")
      .getByRole("button", { name: /^colour ?: 67% correct ?, n = 3/ })
      .click();
    await page.getByRole("button", { name: /^b ?: 1 ?, 33%/ }).click();
    expect(await openedList(1)).toEqual(names("fail-cem"));
    await closeList();
    await page.goto(`${boards}time`);
    const bar = card("How long does this course take?").locator("[data-opens]").first();
    const [, count = ""] = /Registrations (\d+)$/.exec((await bar.getAttribute("aria-label")) ?? "") ?? [];
    await bar.click();
    expect(await openedList(Number(count))).toHaveLength(Number(count));
    await closeList();
    await page.getByRole("link", { name: "Drop-off" }).click();
    await page.getByRole("button", { name: /^Only part: 3 reached/ }).click();
    expect(await openedList(3)).toEqual(names("fail-cem", "pass-ana", "pass-ben"));
    await closeList();
  });

  it("move while somebody learns, without the page being loaded again", async () => {
    await page.goto(`${boards}reach`);
    await page.locator("[data-live=live]").waitFor();
    await expectNumber("How often were courses opened?", "3");
    await page.evaluate("globalThis.sameDocument = true");
    await play("pass-dee");
    await expectNumber("How often were courses opened?", "4");
    await page.getByText("4 launches today").waitFor();
    expect(await page.evaluate("globalThis.sameDocument")).toBe(true);
    await card("How often were courses opened?").locator("[data-point]").last().click();
    expect(await openedList(4)).toEqual(names("fail-cem", "pass-ana", "pass-ben", "pass-dee"));
    await closeList();
  });
});

describe("a chart", () => {
  it("is walked and opened by keyboard", async () => {
    const points = card("How often were courses opened?").getByRole("group");
    await points.getByRole("button").last().focus();
    await page.keyboard.press("Home");
    const focused = () => page.evaluate<string>("document.activeElement.getAttribute('aria-label')");
    expect(await focused()).toMatch(/: Launches 0, The 30 days before 0$/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("End");
    expect(await focused()).toMatch(/: Launches 4.*still going on$/);
    await page.keyboard.press("Enter");
    expect(await openedList(4)).toHaveLength(4);
    await closeList();
  });

  it("is a table with the same numbers, and a file", async () => {
    await page.getByRole("button", { name: "View as table: Launches" }).click();
    const table = card("How often were courses opened?").getByRole("table", { name: "Launches" });
    expect(await table.getByRole("row").count()).toBe(31);
    await table.getByRole("button", { name: /Launches 4\. Show the registrations$/ }).click();
    expect(await openedList(4)).toHaveLength(4);
    await closeList();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const lines = (await readFile(await (await downloading).path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe("time,active_learners,launches,new_registrations,registrations");
    expect(lines).toHaveLength(31);
    expect(lines.at(-1)).toMatch(/,4,4,4,4$/);
  });
});

const ALL = [
  "Reach",
  "Completion",
  "Difficulty",
  "Drop-off",
  "Time",
  "Courses",
  "Learners",
  "Customers",
  "Reports",
] as const;
const SOME = ["Reach", "Difficulty"] as const;

describe("the rest of the pages", () => {
  it.each([
    ["light", 1440, 900, ALL],
    ["dark", 1440, 900, SOME],
    ["light", 390, 844, SOME],
    ["dark", 390, 844, ["Reach", "Drop-off", "Courses", "Reports"]],
  ] as const)(
    "are clean for axe in %s at %i by %i, and nothing scrolls sideways",
    async (scheme, width, height, tabs) => {
      const other = await signIn({ width, height }, scheme);
      await other.goto(`${boards}reach`);
      for (const tab of tabs) {
        await other.getByRole("navigation", { name: "Boards" }).getByRole("link", { name: tab, exact: true }).click();
        await other.getByRole("heading", { level: 1 }).waitFor();
        await expect.poll(() => other.locator("main [aria-busy=true]").count(), { timeout: 30_000 }).toBe(0);
        expect(await axeViolations(other), tab).toEqual([]);
        const sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        expect(await other.evaluate(sideways), tab).toBeLessThanOrEqual(0);
      }
      await other.goto(`${boards}reach?open=${encodeURIComponent(JSON.stringify({ kind: "active" }))}`);
      await other.locator("[data-total]").waitFor();
      expect(await axeViolations(other)).toEqual([]);
      await other.context().close();
    },
    240_000,
  );

  it("keep a report and run it again", async () => {
    await page.goto(`${boards}courses`);
    await page.getByRole("button", { name: "Save as report" }).click();
    await drawer().getByLabel("Name").fill("Courses every month");
    await drawer().getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 2, name: "Courses every month" }).waitFor();
    await page.getByRole("button", { name: /^Verdicts: Pass rate 75% \(3\/4\)/ }).click();
    expect(await openedList(3)).toEqual(names("pass-ana", "pass-ben", "pass-dee"));
    await closeList();
    await page.getByRole("button", { name: "Delete Courses every month" }).click();
    await page.getByText("None kept yet.").waitFor();
  });

  it("tell of one course, of one person, and on the overview", async () => {
    await page.goto(`${boards}courses`);
    await page.getByRole("link", { name: "Verdicts" }).click();
    await page.getByRole("heading", { level: 1, name: "Verdicts" }).waitFor();
    await expectNumber("How many of those judged are passed?", "75%");
    await page.goto(`${boards}learners`);
    await page.getByRole("link", { name: "fail-cem Learner" }).click();
    await page.getByRole("heading", { level: 1, name: "fail-cem Learner" }).waitFor();
    await expectNumber("How often did they open a course?", "1");
    await card("How often did they open a course?")
      .getByRole("button", { name: /How often/ })
      .click();
    expect(await openedList(1)).toEqual(names("fail-cem"));
    await closeList();
    await page.getByRole("link", { name: "Overview" }).click();
    await page.locator("[data-measure=launches]", { hasText: "4" }).waitFor();
    await page.locator("[data-measure=completions]", { hasText: "4" }).waitFor();
  });

  it("show another organization nothing of it", async () => {
    const authorization = await secondOwner(product);
    const ask = async (method: string, body: object) => {
      const address = `${product.url}/rpc/coursemesh.web.v1.AnalyticsViewService/${method}`;
      const headers = { authorization, "content-type": "application/json" };
      const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      expect(answer.status).toBe(200);
      return JSON.stringify(await answer.json());
    };
    const question = { startTime: String(Date.now() - 86_400_000), step: "day" };
    expect(await ask("GetReach", { question })).not.toMatch(/"(launches|activeLearners|registrations)":"[1-9]/);
    expect(await ask("ListFigureRegistrations", { question, figure: { kind: "active" } })).not.toContain("Learner");
    expect(await ask("ListFilterChoices", {})).not.toContain("Verdicts");
    const file = await fetch(`${product.url}/web/analytics/export?report=courses&from=2026-01-01T00:00:00Z`, {
      headers: { authorization },
    });
    expect([file.status, (await file.text()).trim().split("\r\n").length]).toEqual([200, 1]);
    expect((await fetch(`${product.url}/web/analytics/export?from=2026-01-01T00:00:00Z`)).status).toBe(401);
  });
});
