import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courseIn, type PlayerBench, startPlayerBench } from "./player-bench.ts";
import { courseFiles, deadlocked, oneSco, severalScos } from "./test-course.ts";

let bench: PlayerBench;
beforeAll(async () => {
  bench = await startPlayerBench();
});
afterAll(() => bench.stop());

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("a course in a frame", () => {
  it("finds the API, is saved, and resumes where it was after its tab was closed without a word", async () => {
    const registration = bench.origin.registration(oneSco, courseFiles);
    const first = bench.origin.launch(registration, "frame-1");
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/frame-1/`);
    const course = courseIn(page);
    await course.getByRole("button", { name: "Next page" }).click();
    await course.getByRole("button", { name: "Next page" }).click();
    await page
      .locator(".save")
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();
    await page.close();
    expect(first.calls.map((call) => call.method).slice(0, 2)).toEqual(["Navigate", "Initialize"]);

    const second = bench.origin.launch(registration, "frame-2");
    const again = await context.newPage();
    await again.goto(`${bench.address}/l/frame-2/`);
    await courseIn(again).getByText("location 2").waitFor();
    await until(() => second.calls.length > 2);
    expect([...first.differences, ...second.differences]).toEqual([]);
    expect([...second.traceparents][0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await context.close();
  });

  it("exits: unloads the course, saves, closes the launch and shows the result, with the keyboard on the heading", async () => {
    const registration = bench.origin.registration(oneSco, courseFiles, { "exit.page": "closing_page" });
    const launch = bench.origin.launch(registration, "exit-1");
    launch.returnUrl = "https://lms.example/course";
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/exit-1/`);
    await courseIn(page).getByRole("button", { name: "Pass" }).click();
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(await page.getByText(/Result: Passed, 92%\. All progress saved at \d\d:\d\d\./).isVisible()).toBe(true);
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    expect(await page.getByRole("link", { name: "Return" }).getAttribute("href")).toBe("https://lms.example/course");
    expect(launch.closed).toBe("EXIT");
    expect(launch.calls.slice(-2).map((call) => `${call.method} ${call.element}`)).toEqual([
      "Terminate ",
      "Navigate exit",
    ]);
    await page.getByRole("button", { name: "Open again" }).click();
    await courseIn(page).getByText("Entry resume").waitFor();
    expect(launch.differences).toEqual([]);
    await context.close();
  });
});

describe("settings", () => {
  it("lead back to where the learner came from after Exit, without a page in between", async () => {
    const launch = bench.origin.launch(bench.origin.registration(oneSco, courseFiles), "return-1");
    launch.returnUrl = `${bench.address}/l/return-1/c/asset.html`;
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/return-1/`);
    await courseIn(page).getByText("Entry").waitFor();
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByRole("heading", { name: "Something to read" }).waitFor();
    expect(launch.closed).toBe("EXIT");
    await context.close();
  });

  it("hide the bar, the contents and the freedom to choose", async () => {
    const bare = { "navigation.show_bar": "false", "navigation.show_contents": "false" };
    bench.origin.launch(bench.origin.registration(severalScos, courseFiles, bare), "bare-1");
    const fixed = { "navigation.allow_choice": "false", "progress.show": "false", "time.show": "false" };
    bench.origin.launch(bench.origin.registration(severalScos, courseFiles, fixed), "fixed-1");
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/bare-1/`);
    await courseIn(page).getByText("Entry").waitFor();
    expect(await page.getByRole("banner").isVisible()).toBe(false);
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    await page.goto(`${bench.address}/l/fixed-1/`);
    const further = page.getByRole("button", { name: /Further reading/ });
    expect(await further.getAttribute("aria-disabled")).toBe("true");
    expect(
      await page
        .getByText(/of 4 completed|Time spent/)
        .locator("visible=true")
        .count(),
    ).toBe(0);
    await context.close();
  });
});

describe("a course of several activities", () => {
  it("goes by contents, Next and Previous, ends each activity before the next, and unlocks what its prerequisites allow", async () => {
    const registration = bench.origin.registration(severalScos, courseFiles);
    const launch = bench.origin.launch(registration, "several-1");
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/several-1/`);
    const contents = page.getByRole("navigation", { name: "Contents" });
    await courseIn(page).getByText("Entry ab-initio").waitFor();
    const test = contents.getByRole("button", { name: /Final test/ });
    expect(await test.getAttribute("aria-disabled")).toBe("true");
    await contents.getByText("Opens after you finish Module 2.").waitFor();
    expect(await page.getByRole("button", { name: "Previous" }).count()).toBe(0);

    await page.getByRole("button", { name: "Next" }).click();
    await page.locator('iframe[title="Module 2 – course content"]').waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("IFRAME");
    await courseIn(page).getByRole("button", { name: "Pass" }).click();
    await contents.getByRole("button", { name: "Final test Not attempted" }).click();
    await page.locator('iframe[title="Final test – course content"]').waitFor();
    await courseIn(page).getByText("Entry ab-initio").waitFor();
    await page.getByRole("button", { name: "Previous" }).click();
    await page.locator('iframe[title="Further reading – course content"]').waitFor();
    await contents.getByRole("button", { name: "Further reading Completed" }).waitFor();
    await until(() => launch.calls.at(-1)?.method === "Navigate");
    const steps = launch.calls.filter((call) => call.method === "Navigate" || call.method === "Terminate");
    expect(steps.map((call) => `${call.method} ${call.element} ${call.activity}>${call.value}`)).toEqual([
      "Navigate choice >A",
      "Terminate  A>",
      "Navigate continue A>B",
      "Terminate  B>",
      "Navigate choice B>T",
      "Terminate  T>",
      "Navigate previous T>R",
    ]);
    expect(launch.differences).toEqual([]);
    await context.close();
  });

  it("says why there is nothing to open", async () => {
    bench.origin.launch(bench.origin.registration(deadlocked, courseFiles), "locked-1");
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/locked-1/`);
    const words = "There's nothing to open right now. Final test opens after you finish Module 2.";
    await page.getByRole("heading", { name: words }).waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    await context.close();
  });

  it("is worked by keys: shortcuts, also inside the course, can be switched off; skip links lead in and out", async () => {
    bench.origin.launch(bench.origin.registration(severalScos, courseFiles), "keys-1");
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/keys-1/`);
    await courseIn(page).getByText("Entry").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to course");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("IFRAME");
    await courseIn(page).getByRole("button", { name: "Close window" }).focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Back to player controls");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Contents");
    await page.keyboard.press("Alt+Shift+C");
    await page.getByRole("navigation", { name: "Contents" }).waitFor({ state: "hidden" });
    await courseIn(page).getByRole("button", { name: "Pass" }).focus();
    await page.keyboard.press("Alt+Shift+N");
    await page.locator('iframe[title="Module 2 – course content"]').waitFor();
    await courseIn(page).getByText("Entry ab-initio").waitFor();
    await page.keyboard.press("Alt+Shift+S");
    await until(async () => /Saved|Nothing|Saving/.test((await page.getByRole("status").textContent()) ?? ""));
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByLabel("Use keyboard shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+Shift+P");
    await page.waitForTimeout(300);
    expect(await page.locator("iframe").getAttribute("title")).toBe("Module 2 – course content");
    await context.close();
  });
});

describe("a course in its own window", () => {
  it("finds the API through its opener, and is over when its window is closed", async () => {
    const registration = bench.origin.registration(oneSco, courseFiles, { "launch.target": "window" });
    const launch = bench.origin.launch(registration, "window-1");
    const context = await bench.context();
    const page = await context.newPage();
    const opening = context.waitForEvent("page", { predicate: (candidate) => candidate !== page });
    await page.goto(`${bench.address}/l/window-1/`);
    // Chromium may hold back a window that nobody clicked for.
    const open = page.getByRole("button", { name: "Open course" });
    await Promise.race([opening, open.waitFor()]);
    if (await open.isVisible()) await open.click();
    const course = await opening;
    await course.getByRole("button", { name: "Pass" }).click();
    await page.getByRole("heading", { name: "Fire safety is open in its own window." }).waitFor();
    await course.close({ runBeforeUnload: true });
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(launch.calls.slice(-2).map((call) => call.method)).toEqual(["Terminate", "Navigate"]);
    expect(launch.differences).toEqual([]);
    await context.close();
  });

  it("says that the browser blocked the window, and opens it by a click", async () => {
    bench.origin.launch(bench.origin.registration(severalScos, courseFiles, { "launch.target": "window" }), "window-2");
    const context = await bench.context();
    const page = await context.newPage();
    await page.addInitScript("window.realOpen = window.open; window.open = () => null");
    await page.goto(`${bench.address}/l/window-2/`);
    await page.getByRole("heading", { name: "Your browser blocked the course window." }).waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    await page.evaluate("window.open = window.realOpen");
    const opening = context.waitForEvent("page");
    await page.getByRole("button", { name: "Open course" }).click();
    const course = await opening;
    await course.getByText("Entry ab-initio").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await course.waitForURL(/module=2/);
    await course.getByRole("button", { name: "Close window" }).click();
    await page.getByRole("heading", { name: "The course window is closed." }).waitFor();
    await context.close();
  });
});
