import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsOf } from "./axe-violations.ts";
import { courseIn, type PlayerBench, startPlayerBench } from "./player-bench.ts";
import { courseFiles, deadlocked, severalScos } from "./test-course.ts";

let bench: PlayerBench;
beforeAll(async () => {
  bench = await startPlayerBench();
});
afterAll(() => bench.stop());

describe.each(["light", "dark"] as const)("the player in %s colours", (colorScheme) => {
  it("has nothing that axe objects to, in any of its states", async () => {
    const several = bench.origin.launch(bench.origin.registration(severalScos, courseFiles), `axe-${colorScheme}`);
    bench.origin.launch(bench.origin.registration(deadlocked, courseFiles), `axe-locked-${colorScheme}`);
    const context = await bench.browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/${several.token}/`);
    await courseIn(page).getByRole("button", { name: "Pass" }).click();
    await page.locator('.save[data-kind="saved"]').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Help" }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await context.setOffline(true);
    await courseIn(page).getByRole("button", { name: "Next page" }).click();
    await page.locator(".banner").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.setOffline(false);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Exit" }).click();
    await page.getByRole("heading", { name: "You're finished for now." }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.goto(`${bench.address}/l/axe-locked-${colorScheme}/`);
    await page.getByRole("heading", { name: /nothing to open/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });

  it("gives every control 44 pixels", async () => {
    bench.origin.launch(bench.origin.registration(severalScos, courseFiles), `size-${colorScheme}`);
    const context = await bench.browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${bench.address}/l/size-${colorScheme}/`);
    await courseIn(page).getByText("Entry").waitFor();
    await page.getByRole("button", { name: "Contents" }).click();
    const small = await page.evaluate(`[...document.querySelectorAll("button, a, label.check")]
      .map((control) => [control.textContent, control.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.width < 44 || box.height < 44)).map(([text, box]) => text + box.width + "x" + box.height)`);
    expect(small).toEqual([]);
    await context.close();
  });
});
