import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { courseIn, type PlayerBench, startPlayerBench } from "./player-bench.ts";
import { courseFiles, oneSco } from "./test-course.ts";

let bench: PlayerBench;
beforeAll(async () => {
  bench = await startPlayerBench();
});
afterAll(() => bench.stop());
beforeEach(() => {
  bench.origin.journal = "up";
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A fresh registration with one launch, and a page that has opened it. */
async function openCourse(token: string, change: Parameters<typeof bench.origin.launch>[2] = {}) {
  const registration = bench.origin.registration(oneSco, courseFiles);
  const launch = bench.origin.launch(registration, token, change);
  const context = await bench.context();
  const page = await context.newPage();
  await page.goto(`${bench.address}/l/${token}/`);
  const course = courseIn(page);
  await course.getByText("Entry").waitFor();
  const nextPage = () => course.getByRole("button", { name: "Next page" }).click();
  return { registration, launch, context, page, course, nextPage };
}

describe("a network that goes", () => {
  it("says that progress is kept on this device, keeps it through a closed tab, and delivers it before the next launch begins", async () => {
    const { registration, launch, context, page, nextPage } = await openCourse("offline-1");
    await until(() => launch.calls.length >= 3);
    await context.setOffline(true);
    await nextPage();
    await nextPage();
    const words = "You're offline. Your progress is kept on this device and will be sent when you reconnect.";
    await page.locator(".banner").getByText(words).waitFor();
    await page.getByRole("alert").getByText(words).waitFor({ state: "attached" });
    // Nor may the last request of a page that closes get through.
    bench.origin.journal = "cut";
    await page.close();
    expect(launch.calls.some((call) => call.element === "cmi.core.lesson_location")).toBe(false);

    await context.setOffline(false);
    bench.origin.journal = "up";
    const next = bench.origin.launch(registration, "offline-2");
    const again = await context.newPage();
    await again.goto(`${bench.address}/l/offline-2/`);
    await courseIn(again).getByText("Entry resume, location 2").waitFor();
    expect(
      launch.calls.filter((call) => call.element === "cmi.core.lesson_location").map((call) => call.value),
    ).toEqual(["1", "2"]);
    expect([...launch.differences, ...next.differences]).toEqual([]);
    await context.close();
  });

  it("sends what waited when it is back, and says so", async () => {
    const { launch, context, page, nextPage } = await openCourse("back-1");
    await until(() => launch.calls.length >= 3);
    await context.setOffline(true);
    await nextPage();
    await page.locator(".banner").getByText("You're offline.").waitFor();
    await context.setOffline(false);
    await page.locator(".banner").getByText("Back online. Everything is saved.").waitFor();
    expect(launch.calls.at(-1)).toMatchObject({ element: "cmi.core.lesson_location", value: "1" });
    await context.close();
  });

  it("replays on reload what the server has not received", async () => {
    const { launch, context, page, course, nextPage } = await openCourse("reload-1");
    await until(() => launch.calls.length >= 3);
    bench.origin.journal = "cut";
    await nextPage();
    await nextPage();
    await nextPage();
    await page.waitForTimeout(300);
    await page.reload();
    await course.getByText("location 3").waitFor();
    bench.origin.journal = "up";
    await page.locator('.save[data-kind="saved"]').waitFor();
    const values = launch.calls.filter((call) => call.element === "cmi.core.lesson_location").map((call) => call.value);
    expect(values).toEqual(["1", "2", "3"]);
    expect(launch.differences).toEqual([]);
    await context.close();
  });
});

describe("a server that fails", () => {
  it("asks not to close the window, counts down, and tries at once when asked", async () => {
    const { launch, context, page, nextPage } = await openCourse("down-1");
    await until(() => launch.calls.length >= 3);
    bench.origin.journal = "down";
    await nextPage();
    const banner = page.locator(".banner");
    await banner.getByText(/^We can't save right now\. Please don't close this window\. Trying again/).waitFor();
    expect(await page.locator(".save").textContent()).toBe("Not saved");
    bench.origin.journal = "up";
    await banner.getByRole("button", { name: "Try now" }).click();
    await banner.getByText("Back online. Everything is saved.").waitFor();
    await context.close();
  });

  it("does not pretend at Exit: what is not saved is said, and saved when it can be", async () => {
    const { launch, context, page, nextPage } = await openCourse("unsaved-1");
    await until(() => launch.calls.length >= 3);
    bench.origin.journal = "down";
    await nextPage();
    await page.getByRole("button", { name: "Exit" }).click();
    const dialog = page.getByRole("dialog", { name: "Not saved yet" });
    await dialog.getByText("You've left the course, but the last minute isn't saved yet.").waitFor();
    bench.origin.journal = "up";
    await dialog.getByRole("button", { name: "Save now" }).click();
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(launch.calls.at(-1)).toMatchObject({ method: "Navigate", element: "exit" });
    expect(launch.closed).toBe("EXIT");
    await context.close();
  });
});

describe("a page that goes away", () => {
  it("sends what the course says in its last moment", async () => {
    const { launch, context, page, nextPage } = await openCourse("leave-1");
    await nextPage();
    await page.close({ runBeforeUnload: true });
    await until(() => launch.calls.some((call) => call.method === "Terminate"));
    expect(launch.differences).toEqual([]);
    await context.close();
  });

  it("brings what was too large for its last moment with the next launch", async () => {
    const { registration, launch, context, page, course } = await openCourse("large-1");
    await until(() => launch.calls.length >= 3);
    await course.getByRole("button", { name: "Fill" }).click();
    bench.origin.journal = "cut";
    await page.close({ runBeforeUnload: true });
    bench.origin.journal = "up";
    bench.origin.launch(registration, "large-2");
    const again = await context.newPage();
    await again.goto(`${bench.address}/l/large-2/`);
    await courseIn(again).getByText("Entry resume").waitFor();
    expect(registration.state.activities.A?.interactions).toHaveLength(40);
    expect(launch.calls.at(-1)?.method).toBe("Terminate");
    await context.close();
  });
});

describe("two windows", () => {
  it("tells the older launch that it stopped saving, and lets it take over again", async () => {
    const { registration, launch, context, page, nextPage } = await openCourse("lease-1");
    await nextPage();
    await page.locator('.save[data-kind="saved"]').waitFor();
    bench.origin.launch(registration, "lease-2");
    const other = await context.newPage();
    await other.goto(`${bench.address}/l/lease-2/`);
    await courseIn(other).getByRole("button", { name: "Next page" }).click();
    const dialog = page.getByRole("dialog", { name: "Opened somewhere else" });
    await dialog
      .getByText(
        /^This course was opened in another window or device\. To avoid mixing results, this window stopped saving at \d\d:\d\d\.$/,
      )
      .waitFor();
    expect(await page.frames().at(-1)?.evaluate("api.LMSSetValue('cmi.core.lesson_location', '99')")).toBe("false");
    await other.locator('.save[data-kind="saved"]').waitFor();
    await page.keyboard.press("Escape");
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole("button", { name: "Continue here" }).click();
    await courseIn(page).getByText("location 2").waitFor();
    expect(launch.opened.at(-1)).toEqual({ takeLease: true });
    await other.getByRole("dialog").waitFor();
    expect(launch.differences).toEqual([]);
    await context.close();
  });

  it("lets only one tab play a launch, the one that was opened last, with everything the other had done", async () => {
    const { launch, context, page, nextPage } = await openCourse("twice-1");
    await nextPage();
    const other = await context.newPage();
    await other.goto(`${bench.address}/l/twice-1/`);
    await courseIn(other).getByText("location 1").waitFor();
    await page.getByRole("dialog", { name: "Opened somewhere else" }).waitFor();
    await courseIn(other).getByRole("button", { name: "Next page" }).click();
    await until(() => launch.calls.at(-1)?.value === "2");
    expect(launch.differences).toEqual([]);
    await context.close();
  });
});

describe("review", () => {
  it("answers the course and records nothing", async () => {
    const { launch, context, page, nextPage, course } = await openCourse("review-1", {
      mode: "review",
      credit: "no-credit",
    });
    await page.locator(".banner").getByText("Review mode: nothing you do here is recorded.").waitFor();
    await nextPage();
    await course.getByText("location 1").waitFor();
    await page.locator(".banner").getByRole("button", { name: "Exit" }).click();
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(launch.calls).toEqual([]);
    await context.close();
  });
});

describe("a launch that cannot be opened", () => {
  it.each([
    [410, "LAUNCH_OVER", {}, "This launch is over. Open the course again from where you started it."],
    [410, "LAUNCH_OVER", { end: "EXIT" }, "You're finished for now."],
    [404, "LAUNCH_NOT_FOUND", {}, "This address doesn't open a course."],
    [403, "USAGE_LIMIT_EXCEEDED", { code: "AB12-9F" }, "All places on this course are taken."],
    [403, "PACKAGE_EXPIRED", { expire_time: "2026-10-31T12:00:00Z" }, "Access ended on 31 Oct 2026."],
  ])("says why: %i %s", async (status, reason, metadata, words) => {
    const token = `refused-${reason}${"end" in metadata ? metadata.end : ""}`;
    const launch = bench.origin.launch(bench.origin.registration(oneSco, courseFiles), token);
    launch.refusal = { status, reason, metadata: metadata as Record<string, string> };
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/${token}/`);
    await page.getByRole("heading", { name: words }).waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H2");
    await context.close();
  });

  it("speaks German to a launch in German", async () => {
    const launch = bench.origin.launch(bench.origin.registration(oneSco, courseFiles), "german");
    launch.locale = "de-AT";
    const context = await bench.context();
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/german/`);
    await page.getByRole("button", { name: "Beenden" }).click();
    await page.getByRole("heading", { name: "Für heute sind Sie fertig." }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe("de");
    await context.close();
  });
});
