import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { xapiClient } from "../../product/xapi-client.ts";

const verb = (word: string) => ({ id: `http://adlnet.gov/expapi/verbs/${word}`, display: { en: word } });
const ana = { mbox: "mailto:ana@example.com", name: "Ana Lee" };
const ben = { mbox: "mailto:ben@example.com", name: "Ben Ode" };
const quiz = { id: "https://example.org/quiz", definition: { name: { en: "Quiz 2" } } };
const FAILED_TEXTS = ["not built", "NOT_BUILT", "Could not load", "went wrong"];

/** A tail whose line can be cut: to be offline breaks no stream that is open. */
const LINE = `
  globalThis.line = { isCut: false, open: new Set() };
  line.cut = () => { line.isCut = true; for (const stop of line.open) stop.abort(); };
  line.mend = () => { line.isCut = false; };
  const plain = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    if (!String(input).includes("TailStatements")) return plain(input, init);
    if (line.isCut) return Promise.reject(new TypeError("Failed to fetch"));
    const stop = new AbortController();
    line.open.add(stop);
    return plain(input, { ...init, signal: AbortSignal.any([init.signal, stop.signal]) });
  };
`;

let product: Product;
let call: ReturnType<typeof xapiClient>;
let browser: Browser;
let page: Page;
/** Address of the pages of the first organization. */
let home: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ env: { EGRESS_ALLOW: "127.0.0.1" } }), launchChromium()]);
  call = xapiClient(product);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  page = await context.newPage();
  await page.addInitScript(LINE);
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(product.admin.email);
  await page.getByLabel("Password", { exact: true }).fill(product.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "LRS" }).click();
  await page.getByRole("heading", { level: 1, name: "Learning record store" }).waitFor();
  home = new URL(page.url()).pathname;
});
afterAll(async () => {
  await browser.close();
  await product.remove();
});

/** Stores statements by HTTP; answers their ids. */
async function send(...statements: object[]): Promise<string[]> {
  const reply = await call("POST", "statements", { body: statements });
  expect(reply.status, reply.text).toBe(200);
  return reply.json();
}

const sentence = (text: string): Locator => page.locator("[data-statement]", { hasText: text });
const code = (label: string): Locator => page.getByRole("region", { name: label, exact: true });
const shownIds = (): Promise<string[]> =>
  page.locator("[data-statement]").evaluateAll((all) => all.map((it) => it.getAttribute("data-statement") ?? ""));

describe("statements", () => {
  it("says where to send them while there are none", async () => {
    await page.getByRole("heading", { name: "No statements yet" }).waitFor();
    await page.getByText(`Send statements to ${product.url}/xapi,`).waitFor();
  });

  it("arrive in the live tail, wait while it is paused, and are made up for after the line broke", async () => {
    await page.getByRole("button", { name: "Live" }).click();
    await page.getByText(/^Live since/).waitFor();
    await send({ actor: ana, verb: verb("passed"), object: quiz, result: { success: true, score: { scaled: 0.92 } } });
    await sentence("Ana Lee passed Quiz 2").waitFor();
    await page.getByText("92%").waitFor();

    await page.getByRole("button", { name: "Pause" }).click();
    await send({ actor: ben, verb: verb("failed"), object: quiz });
    await page.getByRole("button", { name: "1 new – show" }).click();
    await sentence("Ben Ode failed Quiz 2").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();

    await page.evaluate("line.cut()");
    await page.getByText("Connection lost. Trying again; nothing will be missing.").waitFor();
    await send({ actor: ana, verb: verb("terminated"), object: quiz });
    await page.evaluate("line.mend()");
    await sentence("Ana Lee terminated Quiz 2").waitFor();
    await page.getByRole("button", { name: "Live" }).click();
    expect(await shownIds()).toHaveLength(3);
  });

  it("are filtered, and the equivalent request gives the same ones", async () => {
    await page.getByRole("searchbox").fill("ana@example.com");
    await page.getByRole("textbox", { name: "Activity" }).fill(quiz.id);
    await sentence("Ben Ode failed Quiz 2").waitFor({ state: "detached" });
    await page.waitForURL(/activity=/);
    const url = await code("Equivalent request (GET)").innerText();
    expect(url).toContain(`${product.url}/xapi/statements?agent=`);
    const headers = { authorization: product.authorization, "x-experience-api-version": "2.0.0" };
    const answer = (await (await fetch(url, { headers })).json()) as { statements: { id: string }[] };
    expect(answer.statements.map(({ id }) => id)).toEqual(await shownIds());
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /^NDJSON/ }).click();
    const lines = (await readFile(await (await downloading).path(), "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).id).reverse()).toEqual(await shownIds());
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("An e-mail address, “name @ https://home.page”").waitFor();
    await page.getByRole("searchbox").fill("nobody@example.com");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await sentence("Ben Ode failed Quiz 2").waitFor();
  });

  it("show their JSON, and filter by what they say", async () => {
    const [id] = await send({
      actor: ana,
      verb: verb("answered"),
      object: quiz,
      context: { registration: randomUUID() },
    });
    await page.goto(`${product.url}/go/${id}`);
    const drawer = page.getByRole("dialog");
    const json = JSON.parse(await drawer.locator("[data-json]").innerText());
    expect(json).toMatchObject({ id, actor: ana, authority: { account: { name: product.apiKey.id } } });
    expect(await code("As curl").last().innerText()).toContain(`statementId=${id}`);
    await drawer.getByRole("button", { name: "Filter by this: Registration" }).click();
    await drawer.waitFor({ state: "detached" });
    expect(await shownIds()).toEqual([id]);
  });

  it("are voided with a reason, which stays findable", async () => {
    const [id = ""] = await send({ actor: ben, verb: verb("experienced"), object: quiz });
    await page.goto(`${product.url}${home}?statement=${id}`);
    const drawer = page.getByRole("dialog", { name: "Statement" });
    await drawer.getByRole("button", { name: "Void…" }).click();
    await page.getByLabel("Reason").fill("sent by mistake");
    await page.getByRole("button", { name: "Void statement" }).click();
    await drawer.getByText("Voided", { exact: true }).waitFor();
    expect((await call("GET", "statements", { query: { statementId: id } })).status).toBe(404);
    await page.keyboard.press("Escape");
    await page.locator("[data-statement]", { hasText: "voided" }).click();
    await drawer.getByText("sent by mistake").first().waitFor();
  });
});

describe("connecting a system", () => {
  it("shows the endpoint, and makes a key that may do just what was chosen", async () => {
    await page.goto(`${product.url}${home}/connection`);
    expect(await code("Endpoint to enter in other systems").innerText()).toBe(`${product.url}/xapi`);
    await page.getByRole("button", { name: "Ask what it is" }).click();
    await page.getByText('"2.0.0"').waitFor();
    await page.getByRole("button", { name: "Create key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Quiz tool");
    await dialog.getByRole("button", { name: "Write only" }).click();
    await dialog.getByRole("button", { name: "Create API key" }).click();
    await dialog.getByText("This is the only time the secret is shown.").waitFor();
    const [id, secret] = await dialog.locator("pre").allInnerTexts();
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    const authorization = `Basic ${btoa(`${id}:${secret}`)}`;
    const body = { actor: ana, verb: verb("experienced"), object: quiz };
    expect((await call("POST", "statements", { authorization, body })).status).toBe(200);
    expect((await call("GET", "statements", { authorization })).status).toBe(403);

    await page.getByRole("button", { name: "Limits of Quiz tool" }).click();
    await dialog.getByLabel("Verbs it may store").fill(verb("passed").id);
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("1 verb", { exact: true }).waitFor();
    expect((await call("POST", "statements", { authorization, body })).status).toBe(403);
  });
});

describe("a pipe", () => {
  it("forwards to another store, is paused and resumed, and shows what the target refused", async () => {
    const target = await makeKey(product, await secondOwner(product), ALL_PERMISSIONS);
    const [username = "", password = ""] = atob(target.slice("Basic ".length)).split(":");
    await page.goto(`${product.url}${home}/pipes`);
    await page.getByRole("button", { name: "Create pipe" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("To the warehouse");
    await dialog.getByLabel("Target").fill(`${product.url}/xapi`);
    await dialog.getByLabel("User name").fill(username);
    await dialog.getByRole("textbox", { name: "Password" }).fill(password);
    await dialog.getByRole("combobox", { name: "Verb" }).fill(verb("passed").id);
    await dialog.getByRole("combobox", { name: "Begin with" }).click();
    await page.getByRole("option", { name: "Everything that is stored already" }).click();
    await dialog.getByRole("button", { name: "Create pipe" }).click();
    await page.getByRole("heading", { level: 1, name: "To the warehouse" }).waitFor();
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText(/Reached in \d+ ms/).waitFor();
    await page.getByText("Up to date").waitFor();
    const there = await call("GET", "statements", { authorization: target });
    expect(there.json().statements.map((it: { verb: object }) => it.verb)).toEqual([verb("passed")]);
    await page.getByRole("button", { name: "Pause: To the warehouse" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Resume: To the warehouse" }).click();
    await page.getByText("Running", { exact: true }).waitFor();
    await page.getByText("The target has refused nothing.").waitFor();
  });
});

describe("what leaves the store", () => {
  it("is tried out before a rule of retention is made", async () => {
    await page.goto(`${product.url}${home}/retention`);
    await page.getByRole("button", { name: "Create rule" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("After two years");
    await dialog.getByLabel("Keep for days").fill("730");
    await dialog.getByRole("button", { name: "Try out" }).click();
    await dialog.getByText("This rule would remove nothing now.").waitFor();
    await dialog.getByRole("button", { name: "Create rule" }).click();
    await page.getByRole("cell", { name: "After two years", exact: true }).waitFor();
    await page.getByRole("cell", { name: "730 days" }).waitFor();
  });

  it("is a person's by request, which can be canceled until it begins", async () => {
    await page.goto(`${product.url}${home}/deletions`);
    await page.getByRole("button", { name: "Delete a person's records" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who it is").fill("ben@example.com");
    await dialog.getByLabel("Type “delete” to confirm").fill("delete");
    await dialog.getByRole("button", { name: "Delete records" }).click();
    await page.getByText("Waiting", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Cancel request/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel request" }).click();
    await page.getByText("Canceled", { exact: true }).waitFor();
    const query = { agent: JSON.stringify({ mbox: ben.mbox }) };
    expect((await call("GET", "statements", { query })).json().statements).not.toEqual([]);
  });
});

describe("every page", () => {
  it.each([
    "",
    "/connection",
    "/pipes",
    "/retention",
    "/deletions",
  ])("lrs%s is whole, without what axe finds, and fits a phone", async (path) => {
    await page.goto(`${product.url}${home}${path}`);
    await page.getByRole("navigation", { name: "Pages of the learning record store" }).waitFor();
    await page.locator("[aria-busy=true], .mantine-Skeleton-root").first().waitFor({ state: "detached" });
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    if (path === "") expect(await axeViolations(page)).toEqual([]);
    // Cards take the place of tables once the page has seen its new width.
    await page.waitForFunction("document.documentElement.scrollWidth <= innerWidth");
    await page.setViewportSize({ width: 1440, height: 900 });
    const text = await page.locator("main").innerText();
    for (const failed of FAILED_TEXTS) expect(text).not.toContain(failed);
  });
});
