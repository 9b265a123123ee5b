import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { buildRemediationPackage } from "@coursemesh/samples/sample-courses.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { playFireSafety } from "../../product/fire-safety.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

const SKIPPED = "Putting out a small fire delivered: Continue, How fires start skipped, Getting everybody out skipped";

let product: Product;
let browser: Browser;
let page: Page;
let registration: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  const rest = restClient(product);
  await rest.importCourse("fire", await buildRemediationPackage());
  await rest.register("fire", "half-known");
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  page = await context.newPage();
  await page.goto(await rest.launchLink("half-known"));
  await playFireSafety(page);
  const registrations = rpcClient(product, RegistrationService);
  const found = await registrations.getRegistration({ by: { case: "externalId", value: "half-known" } });
  registration = found.registration?.id ?? "";
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(product.admin.email);
  await page.getByLabel("Password", { exact: true }).fill(product.admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.goto(`${page.url().replace(/\/$/, "")}/registrations/${registration}/activities`);
});
afterAll(async () => {
  await browser.close();
  await product.remove();
});

const violations = () => axeViolations(page);

const heading = (name: string) => page.getByRole("heading", { level: 2, name, exact: true });
const node = (title: string) => page.getByRole("listitem").filter({ has: page.getByLabel(`Why? ${title}`) });

describe("activities and why", () => {
  it("goes through the steps by keys, with the tree as it stood and the reason for what was skipped", async () => {
    await heading("Suspend all: the session ended").waitFor();
    await page.keyboard.press("ArrowLeft");
    await heading("Final test delivered: Continue").waitFor();
    expect(await node("Final test").getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    await heading(SKIPPED).waitFor();
    expect(await node("Putting out a small fire").getAttribute("aria-current")).toBe("true");
    const sentence = "How fires start skipped: objective starting satisfied by What do you know already?";
    await page.getByRole("region", { name: "What decided" }).getByText(sentence).waitFor();
    await page.getByLabel("Why? How fires start").click();
    const why = page.getByRole("region", { name: "Why: How fires start" });
    await why.getByText(sentence).waitFor();
    await why.getByText("skip if objective starting satisfied").waitFor();
    await why.getByText(/UP\.2 · rule of How fires start · manifest line \d+$/).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Why: How fires start");
    await page.getByLabel("Why? What do you know already?").click();
    const pretest = page.getByRole("region", { name: "Why: What do you know already?" });
    await pretest.getByText("What the content had stored at call").click();
    await pretest.getByRole("row", { name: "cmi.score.scaled 0.83" }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it("leads to the call that a step answered, and from there back", async () => {
    await page.getByRole("link", { name: /^Call \d+ of launch 1$/ }).click();
    const after = page.getByRole("heading", { name: /^After call \d+ of launch 1$/ });
    await after.waitFor();
    await page.locator("tr[aria-current=true]", { hasText: "Navigate" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.locator("tr[aria-current=true]", { hasText: "Terminate" }).waitFor();
    // Before the request for the lesson the pre-test was still open.
    await page.getByRole("link", { name: "Activities and why at this call" }).click();
    await heading("What do you know already? delivered: Start").waitFor();
    await page.getByRole("button", { name: "Next step" }).click();
    await heading(SKIPPED).waitFor();
  });

  it("is replayed to the same hashes, on the page and from the command line", async () => {
    await page.getByRole("button", { name: "Replay and compare" }).click();
    const verdict = page.getByRole("status").filter({ hasText: "Identical" });
    await verdict.waitFor();
    const hashes = await verdict.locator("code[title]").allTextContents();
    expect(hashes).toHaveLength(4);
    expect([hashes[0], hashes[2]]).toEqual([hashes[1], hashes[3]]);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [fileURLToPath(new URL("../../../packages/mesh/src/replay.ts", import.meta.url)), registration],
      {
        env: {
          ...process.env,
          COURSEMESH_URL: product.grpcUrl,
          COURSEMESH_API_KEY: `${product.apiKey.id}:${product.apiKey.secret}`,
        },
      },
    );
    for (const expected of [SKIPPED, ...hashes, "\nidentical\n"]) expect(stdout).toContain(expected);
  });

  it("shows where another passing score would have led, and changes nothing by it", async () => {
    await page.getByRole("button", { name: "What if…" }).click();
    const dialog = page.getByRole("dialog", { name: "What if…" });
    await dialog.getByText("nothing of this is stored").waitFor();
    await dialog.getByLabel("What do you know already? · fighting").fill("50");
    await dialog.getByRole("button", { name: "Show what would have happened" }).click();
    const row = dialog.getByRole("row").filter({ hasText: "First difference" });
    await row.getByText(/^Final test delivered: .*Putting out a small fire skipped$/).waitFor();
    expect(await row.getByRole("cell").first().textContent()).toBe("2");
    await dialog.getByText("Would not fit any more").first().waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.reload();
    await heading(SKIPPED).waitFor();
  });

  it("fits a phone in the dark, where a reason fills the screen", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.getByLabel("Why? Getting everybody out").click();
    await page.getByRole("dialog", { name: "Why: Getting everybody out" }).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(await violations()).toEqual([]);
  });
});
