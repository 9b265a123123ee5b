import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { signedInPage } from "../../browser/signed-in-page.ts";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

/** A tail whose line can be cut: to be offline breaks no stream that is open. */
const LINE = `
  globalThis.line = { isCut: false, open: new Set() };
  line.cut = () => { line.isCut = true; for (const stop of line.open) stop.abort(); };
  line.mend = () => { line.isCut = false; };
  const plain = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    if (!String(input).includes("TailEvents")) return plain(input, init);
    if (line.isCut) return Promise.reject(new TypeError("Failed to fetch"));
    const stop = new AbortController();
    line.open.add(stop);
    return plain(input, { ...init, signal: AbortSignal.any([init.signal, stop.signal]) });
  };
`;

let product: Product;
let browser: Browser;
let page: Page;
let home: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  await restClient(product).importCourse("quiz", await buildQuizPackage());
  ({ page, home } = await signedInPage(browser, product));
  page.setDefaultTimeout(10_000);
  await page.addInitScript(LINE);
});
afterAll(async () => {
  await browser.close();
  await product.remove();
});

const rows = () => page.locator("[data-event]");
const registered = () => page.locator("[data-event]", { hasText: "registration.created" });
const register = (id: string) => restClient(product).register("quiz", id);

/** Waits until nothing is wider than the page: cards take the place of tables once it has seen its new width. */
const fits = () =>
  vi.waitFor(async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  }, 20_000);

describe("the log", () => {
  it("shows what happened, and one event whole", async () => {
    await page.getByRole("link", { name: "Events", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Events" }).waitFor();
    await page.locator("[data-event]", { hasText: "course.created" }).click();
    const drawer = page.getByRole("dialog", { name: "Event" });
    const payload = JSON.parse(await drawer.getByRole("region", { name: "As receivers get it" }).innerText());
    expect(payload).toMatchObject({ type: "course.created", data: { course: { externalId: "quiz" } } });
    await drawer.getByText("A course was made by its first import.").waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  });

  it("is live, waits while it is paused, and draws a gap where the line broke, with what came in it", async () => {
    await page.goto(`${home}/events?live=true`);
    await page.getByText(/^Live since/).waitFor();
    await register("one");
    await registered().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await register("two");
    await page.getByRole("button", { name: /new – show$/ }).click();
    await vi.waitFor(async () => expect(await registered().count()).toBe(2), 20_000);
    await page.getByRole("button", { name: "Resume" }).click();

    await page.evaluate("line.cut()");
    await page.getByText(/^Connection lost/).waitFor();
    await register("three");
    await page.evaluate("line.mend()");
    await page.getByText(/^No connection from/).waitFor();
    await vi.waitFor(async () => expect(await registered().count()).toBe(3), 20_000);
    const order = await page
      .locator("[data-event], [data-gap]")
      .evaluateAll((all) => all.map((it) => (it.hasAttribute("data-gap") ? "gap" : (it.textContent ?? ""))));
    const gap = order.indexOf("gap");
    expect(order.slice(0, gap)).toContain("registration.created");
    expect(order.slice(gap).filter((type) => type === "registration.created")).toHaveLength(2);
  });

  it("is filtered by type, by words and by a click on a value; the histogram counts the same", async () => {
    await page.goto(`${home}/events`);
    await page.getByRole("combobox", { name: "Types" }).fill("registration.created");
    await page.getByRole("option", { name: "registration.created" }).click();
    await page.keyboard.press("Escape");
    await vi.waitFor(async () => expect(await rows().count()).toBe(3), 20_000);
    await page.getByRole("img", { name: /^Events over time\. Events: 3/ }).waitFor();
    await page.getByRole("button", { name: "View as table" }).click();
    await page.getByRole("columnheader", { name: "Events" }).waitFor();
    await page
      .getByRole("button", { name: /^Filter by Registration/ })
      .first()
      .click();
    await vi.waitFor(async () => expect(await rows().count()).toBe(1), 20_000);
    await page.getByRole("button", { name: "Remove filter: Registration" }).click();
    await vi.waitFor(async () => expect(await rows().count()).toBe(3), 20_000);
    await page.getByRole("searchbox").fill("nothing like this");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.locator("[data-event]", { hasText: "course.created" }).waitFor();
  });

  it("knows its types, each with a schema and an example, and leads to a webhook for one", async () => {
    await page.getByRole("link", { name: "Types" }).click();
    await page.getByRole("searchbox").fill("registration.completed");
    await page.getByRole("button", { name: /^registration\.completed/ }).click();
    const example = page.getByRole("region", { name: "Example of registration.completed" });
    expect(Object.keys(JSON.parse(await example.innerText()))).not.toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "Subscribe a webhook" }).click();
    const form = page.getByRole("dialog", { name: "Create endpoint" });
    await form.getByText("registration.completed", { exact: true }).waitFor();
  });
});

describe("who may see it", () => {
  it("is told which permission is missing, and sees nothing of another organization", async () => {
    const owner = await secondOwner(product);
    const ask = async (method: string, body: object, authorization: string) => {
      const response = await fetch(`${product.url}/rpc/coursemesh.web.v1.EventViewService/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    };
    const { events } = await rpcClient(product, EventService).listEvents({ filter: { types: ["course.created"] } });
    const mine = await ask("ListEvents", {}, owner);
    expect([mine.status, mine.text.includes("course.created")]).toEqual([200, false]);
    expect((await ask("GetEvent", { id: events[0]?.id }, owner)).status).toBe(404);
    const without = await ask("ListEvents", {}, await makeKey(product, owner, [Permission.COURSE_READ]));
    expect([without.status, without.text]).toEqual([403, expect.stringContaining("event:read")]);
  });

  it("gets a page that says what failed, with the request's id and a way to try again", async () => {
    await page.route(/EventViewService\/ListEvents/, (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/json",
        headers: { "x-request-id": "request-42" },
        body: JSON.stringify({ code: "invalid_argument", message: "the log rests" }),
      }),
    );
    await page.goto(`${home}/events`);
    await page.getByText("request-42").waitFor();
    await page.unroute(/EventViewService\/ListEvents/);
    await page.getByRole("button", { name: "Retry" }).click();
    await rows().first().waitFor();
  });
});

it("is without what axe finds, and fits a phone", async () => {
  await page.goto(`${home}/events`);
  await rows().first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits();
  expect(await axeViolations(page)).toEqual([]);
  await rows().first().click();
  await page.getByRole("dialog", { name: "Event" }).getByRole("region").waitFor();
  expect(await axeViolations(page)).toEqual([]);
});
