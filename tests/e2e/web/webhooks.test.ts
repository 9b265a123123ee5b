import { randomUUID } from "node:crypto";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { DeliveryService, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser, Page } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { signedInPage } from "../../browser/signed-in-page.ts";
import { type LoopbackReceiver, startLoopbackReceiver } from "../../product/loopback-receiver.ts";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

const FAILED_TEXTS = ["not built", "NOT_BUILT", "Could not load", "went wrong"];

let product: Product;
let receiver: LoopbackReceiver;
let browser: Browser;
let page: Page;
let home: string;
/** Address of the endpoint that the tests make. */
let made: string;

beforeAll(async () => {
  [product, receiver, browser] = await Promise.all([
    startProduct({ env: { EGRESS_ALLOW: "127.0.0.1", WEBHOOK_FIRST_DELAY_MS: "50", WEBHOOK_MAX_DELAY_MS: "100" } }),
    startLoopbackReceiver(),
    launchChromium(),
  ]);
  await restClient(product).importCourse("quiz", await buildQuizPackage());
  ({ page, home } = await signedInPage(browser, product));
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await product.remove();
  await receiver.stop();
});

const dialog = (name?: string | RegExp) => page.getByRole("dialog", name === undefined ? {} : { name });
const register = (id: string) => restClient(product).register("quiz", id);

/** Waits until so many deliveries are in one of these states. */
const deliveriesIn = (states: DeliveryState[], count: number) =>
  vi.waitFor(
    async () => {
      const { deliveries } = await rpcClient(product, DeliveryService).listDeliveries({ states });
      expect(deliveries).toHaveLength(count);
    },
    { timeout: 20_000, interval: 200 },
  );

/** Waits until nothing is wider than the page: cards take the place of tables once it has seen its new width. */
const fits = () =>
  vi.waitFor(async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  }, 20_000);

describe("an endpoint", () => {
  let secret = "";

  it("is made from nothing, tried before it is, and shows its secret until that is kept", async () => {
    await page.getByRole("link", { name: "Webhooks" }).click();
    await page.getByRole("heading", { name: "No endpoints yet" }).waitFor();
    await page.getByRole("button", { name: "Create endpoint" }).first().click();
    const form = dialog("Create endpoint");
    await form.getByRole("button", { name: "Create endpoint" }).click();
    await form.getByText("Enter an address that begins with https:// or http://.").waitFor();
    await form.getByLabel("Address").fill("http://10.0.0.1/");
    await form.getByRole("button", { name: "Create endpoint" }).click();
    await form.getByText(/events are not sent there/).waitFor();
    await form.getByLabel("Address").fill(`${receiver.url}/crm`);
    await form.getByRole("button", { name: "Send test" }).click();
    await form.getByText("It arrived").waitFor();
    await form.getByLabel("Name", { exact: true }).fill("CRM");
    await form.getByRole("combobox", { name: "Event types" }).fill("registration.");
    await page.getByRole("option", { name: "registration.*" }).click();
    await form.getByRole("button", { name: "Create endpoint" }).click();

    const shown = dialog("Keep this secret");
    secret = await shown.getByRole("region", { name: "Signing secret" }).innerText();
    expect(secret).toMatch(/^whsec_/);
    await page.keyboard.press("Escape");
    expect(await shown.getByRole("button", { name: "Done" }).isDisabled()).toBe(true);
    await shown.getByLabel("I have kept the secret in a safe place").check();
    await shown.getByRole("button", { name: "Done" }).click();
    await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor();
    made = page.url();
  });

  it("is told, signed so that receivers can check it, and says so", async () => {
    await register("r1");
    await page.getByRole("link", { name: "registration.created" }).waitFor();
    await page.getByText("100%").waitFor();
    const told = receiver.received.find(({ body }) => body.includes("registration.created"));
    const headers = Object.fromEntries(
      Object.entries(told?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(new Webhook(secret).verify(told?.body ?? "", headers)).toMatchObject({ type: "registration.created" });
  });

  it("gets a new secret beside the old one, and both sign", async () => {
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    await dialog("Rotate the secret?").getByRole("button", { name: "Make new secret" }).click();
    const shown = dialog("Keep this secret");
    const fresh = await shown.getByRole("region", { name: "Signing secret" }).innerText();
    await shown.getByLabel("I have kept the secret in a safe place").check();
    await shown.getByRole("button", { name: "Done" }).click();
    await page.getByText("signs until").waitFor();
    const before = receiver.received.length;
    await register("r2");
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(before), { timeout: 10_000 });
    const told = receiver.received.at(-1);
    const headers = Object.fromEntries(
      Object.entries(told?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    for (const each of [secret, fresh]) new Webhook(each).verify(told?.body ?? "", headers);
    await page
      .getByRole("button", { name: /^End secret/ })
      .last()
      .click();
    await dialog().getByRole("button", { name: "End now" }).click();
    await page.getByText("signs until").waitFor({ state: "detached" });
  });

  it("is tested, edited, disabled and enabled again with what waited", async () => {
    await page.getByRole("button", { name: "Send test" }).click();
    await dialog("Send test").getByRole("button", { name: "Send now" }).click();
    await dialog("Send test").getByText("It arrived").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More actions for CRM" }).click();
    await page.getByRole("menuitem", { name: "Edit…" }).click();
    await dialog("Edit CRM")
      .getByRole("button", { name: /^Delivery:/ })
      .click();
    await dialog("Edit CRM").getByRole("textbox", { name: "Attempts" }).fill("2");
    await dialog("Edit CRM").getByRole("button", { name: "Save" }).click();
    await dialog("Edit CRM").waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Disable: CRM" }).click();
    await page.getByText("Deliveries are switched off").waitFor();
    await register("while-off");
    await page.getByText("Held").first().waitFor();
    await page.getByRole("button", { name: "Enable: CRM" }).click();
    await dialog().getByRole("button", { name: "Enable" }).click();
    await page.getByText("Deliveries are switched off").waitFor({ state: "detached" });
    await page.getByText("Held").waitFor({ state: "detached" });
    // The receiver is told everything before it is made to refuse.
    await deliveriesIn([DeliveryState.QUEUED, DeliveryState.RETRYING, DeliveryState.HELD], 0);
  });
});

describe("deliveries", () => {
  it("say what went wrong, with each attempt, and are sent again", async () => {
    receiver.answer(503, "the database is down");
    await register("refused");
    await deliveriesIn([DeliveryState.FAILED], 1);
    await page.goto(`${home}/webhooks/deliveries`);
    await page.getByRole("searchbox").fill("database is down");
    await page.waitForURL(/q=database/);
    await vi.waitFor(async () => expect(await page.locator("[data-delivery]").count()).toBe(1), 10_000);
    await page.getByRole("link", { name: "registration.created" }).first().click();
    await page.getByRole("heading", { level: 1, name: "registration.created" }).waitFor();
    await page.getByText(/The receiver answered 503/).waitFor();
    expect(await page.getByRole("tab").count()).toBe(2);
    await page.getByRole("tab", { name: /Attempt 1/ }).click();
    await page.getByRole("region", { name: "Response body" }).getByText("the database is down").waitFor();
    expect(await page.getByRole("region", { name: "Request header" }).innerText()).toContain("webhook-signature");
    await page.getByRole("link", { name: "Journal of the registration" }).waitFor();
    receiver.answer(204);
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("Delivered", { exact: true }).waitFor();
    expect(await page.getByRole("tab").count()).toBe(3);
  });

  it("are filtered by answer, type and state, and none match is not none", async () => {
    await page.goto(`${home}/webhooks/deliveries`);
    const rows = page.locator("[data-delivery]");
    await rows.first().waitFor();
    await page.getByRole("combobox", { name: "Result" }).click();
    await page.getByRole("option", { name: "5xx" }).click();
    await page.getByText("Nothing matches these filters.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("combobox", { name: "State" }).click();
    await page.getByRole("option", { name: "Delivered" }).click();
    await page.waitForURL(/state=delivered/);
    await rows.first().waitFor();
    await page.getByLabel("With tests").check();
    await page.locator("[data-delivery]", { hasText: "webhook.test" }).waitFor();
  });

  it("say that there are new ones, and show them when asked", async () => {
    await page.goto(`${home}/webhooks/deliveries`);
    const rows = page.locator("[data-delivery]");
    await rows.first().waitFor();
    const count = await rows.count();
    await register("later");
    await page.getByRole("button", { name: /changed – show/ }).click();
    await vi.waitFor(async () => expect(await rows.count()).toBeGreaterThan(count), { timeout: 10_000 });
  });
});

describe("a replay", () => {
  it("is estimated first, then sends and counts", async () => {
    receiver.answer(500);
    await register("lost");
    await deliveriesIn([DeliveryState.FAILED], 1);
    receiver.answer(204);
    await page.goto(`${home}/webhooks/replays`);
    await page.getByRole("button", { name: "New replay" }).first().click();
    await dialog().getByRole("radio", { name: "Those never delivered" }).check();
    await dialog().getByRole("radio", { name: "Those that failed" }).check();
    await dialog().getByRole("button", { name: "Estimate" }).click();
    await dialog().getByText("1 event would be sent.").waitFor();
    await dialog().getByRole("button", { name: "Send 1 event" }).click();
    await page.getByRole("heading", { level: 1, name: "Replay to CRM" }).waitFor();
    await page.getByText("1 delivered, 0 failed of 1").waitFor();
    await page.getByText("Done", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Deliveries of this replay" }).click();
    await page.getByRole("link", { name: "registration.created" }).waitFor();
  });
});

describe("others", () => {
  it("of another organization see nothing", async () => {
    const owner = await secondOwner(product);
    const endpointId = made.split("/").at(-1);
    const ask = async (method: string, body: object, authorization = owner) => {
      const response = await fetch(`${product.url}/rpc/coursemesh.web.v1.${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    };
    const { deliveries } = await rpcClient(product, DeliveryService).listDeliveries({});
    expect((await ask("WebhookEndpointViewService/ListEndpoints", {})).body).toEqual({});
    expect((await ask("WebhookDeliveryViewService/ListDeliveries", { withTests: true })).body).toEqual({});
    expect((await ask("WebhookReplayViewService/ListReplays", {})).body).toEqual({});
    expect((await ask("WebhookEndpointViewService/GetEndpoint", { id: endpointId })).status).toBe(404);
    expect((await ask("WebhookDeliveryViewService/GetDelivery", { id: deliveries[0]?.id })).status).toBe(404);
    for (const [method, body] of [
      ["WebhookEndpointViewService/RotateSecret", { endpointId, requestId: randomUUID() }],
      ["WebhookEndpointViewService/TestEndpoint", { id: endpointId }],
      ["WebhookDeliveryViewService/ResendDelivery", { id: deliveries[0]?.id, requestId: randomUUID() }],
    ] as const)
      expect((await ask(method, body)).status, method).toBe(404);
    const reader = await makeKey(product, owner, [Permission.WEBHOOK_READ]);
    const refused = await ask("WebhookEndpointViewService/CreateEndpoint", { draft: { url: receiver.url } }, reader);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([403, expect.stringContaining("webhook:write")]);
  });
});

describe("every page", () => {
  it.each([
    ["endpoints", () => `${home}/webhooks/endpoints`],
    ["an endpoint", () => made],
    ["deliveries", () => `${home}/webhooks/deliveries`],
    ["replays", () => `${home}/webhooks/replays`],
    ["the form", () => `${home}/webhooks/endpoints?create=true`],
  ])("of %s is without what axe finds, and fits a phone", async (_, address) => {
    await page.goto(address());
    await page.locator("main").getByRole("heading", { level: 1 }).waitFor();
    await page.locator("[aria-busy=true], .mantine-Skeleton-root").first().waitFor({ state: "detached" });
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await fits();
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const text = await page.locator("main").innerText();
    for (const failed of FAILED_TEXTS) expect(text).not.toContain(failed);
  });

  it("of a delivery is without what axe finds, and says in German what happened", async () => {
    const { deliveries } = await rpcClient(product, DeliveryService).listDeliveries({});
    await page.goto(`${home}/webhooks/deliveries/${deliveries[0]?.id}`);
    await page.getByRole("tab").first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const speak = async (language: string) => {
      await page.evaluate(`localStorage.setItem("coursemesh.language", "${language}")`);
      await page.reload();
    };
    await speak("de");
    await page.getByText("Der Empfänger antwortete 204").first().waitFor();
    await speak("en");
    await page.getByText("The receiver answered 204").first().waitFor();
  });

  it("ends with the endpoint, whose name must be typed", async () => {
    await page.goto(made);
    await page.getByRole("button", { name: "More actions for CRM" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await dialog().getByLabel("Type “CRM” to confirm").fill("CRM");
    await dialog().getByRole("button", { name: "Delete endpoint" }).click();
    await page.getByRole("heading", { name: "No endpoints yet" }).waitFor();
    expect((await rpcClient(product, EndpointService).listEndpoints({})).endpoints).toEqual([]);
  });
});
