import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { type RestClient, restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { violationsOf } from "./axe-violations.ts";
import { courseIn } from "./player-bench.ts";
import { buildSequencedPackage } from "./sequenced-course.ts";

let product: Product;
let rest: RestClient;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  rest = restClient(product);
  expect(await rest.importCourse("sequenced", await buildSequencedPackage())).toMatchObject({ status: "COMPLETE" });
});
afterAll(async () => {
  await browser.close();
  await product.remove();
});

/** A learner's browser with the course open, and what a test does there. */
class Learner {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly contents: Locator;

  constructor(page: Page) {
    this.page = page;
    this.context = page.context();
    this.contents = page.getByRole("navigation", { name: "Contents" });
  }

  static async open(registrationId: string, target: "frame" | "window" = "frame"): Promise<Learner> {
    await rest.register("sequenced", registrationId);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // As if the course's settings said so.
    if (target === "window")
      await context.addInitScript(`const real = window.fetch; window.fetch = async (address, options) => {
        const response = await real(address, options);
        if (!String(address).endsWith("/api/open")) return response;
        const opened = await response.json();
        return Response.json({ ...opened, settings: { ...opened.settings, "launch.target": "window" } });
      };`);
    const learner = new Learner(await context.newPage());
    await learner.launch(registrationId);
    return learner;
  }

  /** Another launch of a registration, in the same browser. */
  async launch(registrationId: string): Promise<void> {
    await this.page.goto(await rest.launchLink(registrationId));
  }

  control(name: string): Locator {
    return this.page.locator(`[data-control="${name}"]`);
  }

  /** Waits for an activity to be on the stage and begun. */
  async in(title: string): Promise<void> {
    await this.page.locator(`iframe[title="${title} – course content"]`).waitFor();
    await courseIn(this.page).getByText("Entry").waitFor();
  }

  /** Presses one of the SCO's buttons. */
  press(name: string): Promise<void> {
    return courseIn(this.page).getByRole("button", { name, exact: true }).click();
  }

  sees(text: string): Promise<void> {
    return courseIn(this.page).getByText(text).waitFor();
  }

  entry(name: string | RegExp): Locator {
    return this.contents.getByRole("button", { name });
  }

  /** Everything that was done is on the server's disk. */
  async saved(): Promise<void> {
    await this.page.locator('.save[data-kind="saved"]').waitFor();
  }
}

describe("a course with sequencing", () => {
  it("is played by its controls, its contents and its own requests, from the first activity to its end", async () => {
    const learner = await Learner.open("to-the-end");
    const { page } = learner;
    await learner.in("Introduction");
    // What the activity hides is not there; what is locked says why.
    expect(await learner.control("previous").isHidden()).toBe(true);
    expect(await learner.control("more").isHidden()).toBe(true);
    const test = learner.entry(/^Final test/);
    expect(await test.getAttribute("aria-disabled")).toBe("true");
    await learner.contents.getByText("Opens after you pass Machines.").waitFor();

    await page.getByRole("button", { name: "Next", exact: true }).click();
    await learner.in("Ladders");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("IFRAME");
    await learner.entry("Introduction Completed").waitFor();
    expect(await learner.control("previous").getAttribute("aria-disabled")).toBe("true");
    await learner.press("Go on");
    await learner.in("Machines");

    // The rules answer at once, while the activity still runs.
    await learner.sees("Test open: false");
    await learner.press("Pass");
    await learner.entry("Final test Not attempted").waitFor();
    expect(await violationsOf(page)).toEqual([]);

    // Content asks for what is not possible: it stays, and the learner is told.
    await learner.press("Go back");
    await page.locator('.banner[data-kind="notice"]').getByText("The course doesn't go back from here.").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await test.click();
    await learner.in("Final test");
    expect(await page.locator(".banner").isHidden()).toBe(true);
    await learner.press("Pass");
    await learner.press("Go on");
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(await page.getByText(/^Result: Passed, \d+%\. All progress saved at \d\d:\d\d\.$/).isVisible()).toBe(true);
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    expect(await violationsOf(page)).toEqual([]);
    expect(await rest.progress("to-the-end")).toMatchObject({
      registrationCompletion: "COMPLETED",
      registrationSuccess: "PASSED",
    });
    await page.getByRole("button", { name: "Open again" }).click();
    await learner.in("Introduction");
    await learner.context.close();
  });

  it("is left and resumed where it was: by its button, by content, by a reload, and after a crash in mid-question", async () => {
    const learner = await Learner.open("resumed");
    const { page } = learner;
    await learner.in("Introduction");
    await learner.entry(/^Ladders/).click();
    await learner.in("Ladders");
    await learner.press("Next page");
    await page.getByRole("button", { name: "Save and leave" }).click();
    await page.getByRole("heading", { name: "You've left for now. You can go on later where you were." }).waitFor();
    expect(await page.locator("#player").getAttribute("data-how")).toBe("suspended");
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Go on" }).click();
    await learner.sees("Entry resume, page 2");

    await page.reload();
    await learner.sees("Entry resume, page 2");
    await learner.press("Pause");
    await page.getByRole("heading", { name: /You've left for now/ }).waitFor();
    await learner.launch("resumed");
    await learner.sees("Entry resume, page 2");

    await learner.press("Answer");
    await learner.press("Next page");
    await learner.saved();
    // A crash runs no unload handler.
    await page.goto("chrome://crash").catch(() => undefined);
    await page.close().catch(() => undefined);
    const again = new Learner(await learner.context.newPage());
    await again.launch("resumed");
    await again.sees("Entry resume, page 3, answer chose b");
    await again.context.close();
  });

  it("waits for the network with a request, and goes on when it is back", async () => {
    const learner = await Learner.open("cut");
    const { page } = learner;
    await learner.in("Introduction");
    await learner.saved();
    await learner.context.setOffline(true);
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await page.getByRole("heading", { name: "Going on…" }).waitFor();
    await page.getByRole("main").getByText("We go on as soon as you're back online.").waitFor();
    await page.locator(".banner").getByText("Your progress is kept on this device").waitFor();
    expect(await learner.control("continue").getAttribute("aria-disabled")).toBe("true");
    expect(await violationsOf(page)).toEqual([]);
    await learner.context.setOffline(false);
    await learner.in("Ladders");
    await learner.context.close();
  });

  it("ends parts of itself by the menu, asks before what cannot be undone, and offers what can follow", async () => {
    const learner = await Learner.open("menu");
    const { page } = learner;
    await learner.in("Introduction");
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await learner.in("Ladders");
    await learner.press("Next page");
    await page.getByRole("button", { name: "More" }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Abandon this activity" }).click();
    const dialog = page.getByRole("dialog", { name: "Abandon Ladders?" });
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Abandon this activity" }).click();
    await page.getByRole("heading", { name: "Choose what to do next." }).waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    // What was abandoned can be opened again, from its beginning.
    await learner.entry(/^Ladders/).click();
    await learner.sees("Entry ab-initio, page 1");
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("button", { name: "End the course" }).click();
    await page
      .getByRole("dialog", { name: "End Working safely?" })
      .getByRole("button", { name: "End the course" })
      .click();
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    await learner.context.close();
  });

  it("goes on choosing when the window was closed meanwhile, opens again after a reload, and begins where a link points", async () => {
    const learner = await Learner.open("choosing");
    const { page, context } = learner;
    await learner.in("Introduction");
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await learner.in("Ladders");
    await page.evaluate("API_1484_11.Terminate('')");
    await page.locator(".banner").getByText("You've finished this part. Choose Next to go on.").waitFor();
    await learner.control("more").click();
    await learner.control("exit").click();
    await page.getByRole("heading", { name: "Choose what to do next." }).waitFor();
    await page.close();

    const next = new Learner(await context.newPage());
    await next.launch("choosing");
    await next.page.getByRole("heading", { name: "Choose what to do next." }).waitFor();
    await next.control("suspendAll").click();
    await next.page.getByRole("heading", { name: /You've left for now/ }).waitFor();
    await next.page.reload();
    await next.page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    await next.page.getByRole("button", { name: "Open again" }).click();
    await next.page.getByRole("heading", { name: "Choose what to do next." }).waitFor();

    const response = await rest.request("POST", "/registrations/choosing/launchLink", { startSco: "two" });
    const { launchLink } = (await response.json()) as { launchLink: string };
    await next.page.goto(launchLink);
    await next.in("Machines");
    await context.close();
  });

  it("plays in a window of its own, which is suspended when it is closed", async () => {
    const learner = await Learner.open("own-window", "window");
    const { page, context } = learner;
    const opening = context.waitForEvent("page");
    // Chromium holds back a window that nobody clicked for.
    const open = page.getByRole("button", { name: "Open course" });
    await Promise.race([opening, open.waitFor()]);
    if (await open.isVisible()) await open.click();
    const course = await opening;
    await course.getByRole("button", { name: "Go on" }).click();
    await course.getByRole("heading", { name: "Ladders" }).waitFor();
    await page.getByRole("heading", { name: "Ladders is open in its own window." }).waitFor();
    await course.getByRole("button", { name: "Next page" }).click();
    await course.close({ runBeforeUnload: true });
    await page.getByRole("heading", { name: /You've left for now/ }).waitFor();
    await context.close();
  });

  it("plays in the window that was opened last", async () => {
    const learner = await Learner.open("two");
    await learner.in("Introduction");
    const other = new Learner(await learner.context.newPage());
    await other.page.goto(learner.page.url());
    await other.in("Introduction");
    await learner.page.getByRole("dialog", { name: "Opened somewhere else" }).waitFor();
    await other.page.getByRole("button", { name: "Next", exact: true }).click();
    await other.in("Ladders");
    await learner.context.close();
  });

  it("fits a phone, where the contents cover the course and go away for it", async () => {
    const learner = await Learner.open("phone");
    const { page } = learner;
    await page.setViewportSize({ width: 320, height: 640 });
    await learner.in("Introduction");
    await page.getByRole("button", { name: "Contents" }).click();
    await learner.entry(/^Ladders/).click();
    await learner.in("Ladders");
    expect(await learner.contents.isHidden()).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.getByRole("button", { name: "More" }).click();
    expect(await violationsOf(page)).toEqual([]);
    const small = await page.evaluate(`[...document.querySelectorAll("button")]
      .map((control) => [control.textContent, control.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.width < 44 || box.height < 44)).map(([text, box]) => text + box.width + "x" + box.height)`);
    expect(small).toEqual([]);
    await learner.context.close();
  });
});
