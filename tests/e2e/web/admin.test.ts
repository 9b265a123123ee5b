import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { type FixtureSite, fixtureId, startFixtureSite } from "./fixture-site.ts";

let site: FixtureSite;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([startFixtureSite(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  page = await context.newPage();
});
afterEach(() => context.close());

/** Opens a path; `scenario` is what the fixtures do. */
async function open(path: string, scenario = "populated"): Promise<void> {
  await page.addInitScript(`sessionStorage.setItem("coursemesh.scenario", "${scenario}")`);
  await page.goto(site.url + path);
}

const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const journal = `/o/northwind/registrations/${fixtureId("a", 1)}`;

describe("signing in", () => {
  it("says what is wrong, and goes to the page that was asked for", async () => {
    await open("/o/northwind/courses?q=golf", "signed-out");
    await heading("Sign in");
    await page.getByLabel("E-mail").fill("ana@northwind.example");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("E-mail or password is wrong.").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("right");
    await page.keyboard.press("Enter");
    await heading("Courses");
    await page.getByRole("link", { name: /Golf explained/ }).waitFor();
    expect(page.url()).toContain("q=golf");
  });
});

describe("importing", () => {
  it("uploads a file with progress and follows the import to its report", async () => {
    await open("/o/northwind/courses");
    await page.getByRole("button", { name: "Import course" }).click();
    const file = { name: "quiz.zip", mimeType: "application/zip", buffer: Buffer.alloc(9 * 1024 * 1024) };
    await page.locator("[role=dialog] input[type=file]").setInputFiles(file);
    await page.getByText(/Uploading .* of 9.4 MB/).waitFor();
    await heading("Import of quiz.zip");
    await page.getByText("Ready with notes").waitFor();
    await page.getByText("imsmanifest.xml:88").waitFor();
  });
});

describe("a course", () => {
  it("is renamed, archived with undo, and deleted only by typing its name", async () => {
    await open(`/o/northwind/courses/${fixtureId("c", 2)}`);
    await heading(/Phishing/);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Archived", { exact: true }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("312 registrations with their journals and results").waitFor();
    expect(await dialog.getByRole("button", { name: "Delete course" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("Phishing: spot it, stop it");
    await dialog.getByRole("button", { name: "Delete course" }).click();
    await heading("Courses");
    expect(await page.getByRole("link", { name: /Phishing/ }).count()).toBe(0);
  });

  it("shows where each setting comes from and takes a value back", async () => {
    await open(`/o/northwind/courses/${fixtureId("c", 1)}/settings`);
    await page.getByText("Changed here (1)").waitFor();
    await page.getByRole("button", { name: "Reset “Open the course in”" }).click();
    await page.getByText("Changed here (0)").waitFor();
    await page.getByText("Nothing is overridden here.").waitFor();
  });
});

describe("the journal", () => {
  it("is scrubbed by keys, keeps the call in the address, and opens there again", async () => {
    await open(journal);
    await page.getByRole("heading", { name: "After call 54 of launch 3" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "After call 53 of launch 3" }).waitFor();
    await page.keyboard.press("Shift+ArrowLeft");
    await page.getByRole("heading", { name: "After call 52 of launch 3" }).waitFor();
    const address = page.url();
    expect(new URL(address).searchParams.get("at")).toBe(`${fixtureId("b", 3)}:52`);
    await page.goto(address);
    await page.getByRole("heading", { name: "After call 52 of launch 3" }).waitFor();
  });

  it("shows errors alone, folds repeats, and draws calls that are missing", async () => {
    await open(`${journal}?errors=true`);
    await page.getByText("Error 403").first().waitFor();
    await page.getByText("4 of 265 calls").waitFor();
    await page.goto(`${site.url}${journal}?at=${fixtureId("b", 2)}:21`);
    await page.getByText("3 calls missing here").waitFor();
    await page
      .getByRole("button", { name: /session_time ×\d+/ })
      .first()
      .click();
  });
});

describe("the command palette", () => {
  it("opens a page by name and any object by its id, without the mouse", async () => {
    await open("/o/northwind");
    await heading("Overview");
    await page.keyboard.press("Control+k");
    await page.locator("input:focus[placeholder*='paste an id']").waitFor();
    await page.keyboard.type("people");
    await page.locator("[data-selected]", { hasText: "People" }).waitFor();
    await page.keyboard.press("Enter");
    await heading("People");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/paste an id/).fill(fixtureId("c", 4));
    await page.locator("[data-selected]", { hasText: "Open 0199b2c4" }).waitFor();
    await page.keyboard.press("Enter");
    await heading(/Golf explained/);
  });

  it("confirms no id that may not be seen", async () => {
    await open(`/go/${fixtureId("c", 77)}`);
    await heading("Nothing here");
  });
});

describe("every page", () => {
  const pages: readonly (readonly [string, string?])[] = [
    ["/sign-in", "signed-out"],
    ["/o/northwind"],
    ["/o/northwind", "empty"],
    ["/o/northwind", "error"],
    ["/o/northwind/courses"],
    ["/o/northwind/courses", "viewer"],
    [`/o/northwind/courses/${fixtureId("c", 1)}`],
    [`/o/northwind/courses/${fixtureId("c", 1)}/versions`],
    [`/o/northwind/courses/${fixtureId("c", 1)}/settings`],
    [`/o/northwind/courses/${fixtureId("c", 1)}/registrations`],
    [`/o/northwind/imports/${fixtureId("e", 1)}`],
    [`/o/northwind/imports/${fixtureId("e", 2)}`],
    ["/o/northwind/registrations"],
    ["/o/northwind/registrations?create=true"],
    [journal],
    [`${journal}/activities`],
    [`${journal}/launches`],
    ["/o/northwind/people"],
    ["/o/northwind/people/members"],
    ["/o/northwind/api-keys"],
    ["/o/northwind/settings"],
    ["/o/northwind/nothing"],
  ];
  for (const [width, colorScheme] of [
    [1440, "light"],
    [390, "dark"],
  ] as const)
    it(`passes axe and does not scroll sideways at ${width} px, ${colorScheme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const [path, scenario = "populated"] of pages) {
        const where = `${path} (${scenario})`;
        await page.goto(site.url);
        await page.evaluate(`sessionStorage.setItem("coursemesh.scenario", "${scenario}")`);
        await page.goto(site.url + path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle");
        expect(await axeViolations(page), where).toEqual([]);
        const sideways = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        expect(sideways, where).toBeLessThanOrEqual(0);
      }
    });
});
