import { randomUUID } from "node:crypto";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { ExternalSession } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { signedInPage } from "../../browser/signed-in-page.ts";
import {
  type CustomerPackage,
  dispatchCourse,
  downloadPackage,
  openExchange,
} from "../../product/dispatched-course.ts";
import { secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";
import { passAt } from "../../product/told-results.ts";
import { buildVerdictPackage } from "../../product/verdict-course.ts";

let product: Product;
let browser: Browser;
let page: Page;
let home: string;
let courseId: string;
let dispatchId: string;
let from: CustomerPackage;
let refused: ExternalSession;
let accepted: ExternalSession;
let silent: ExternalSession;
const problems: string[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  await restClient(product).importCourse("verdict", await buildVerdictPackage());
  const by = { case: "externalId", value: "verdict" } as const;
  courseId = (await rpcClient(product, CourseService).getCourse({ by })).course?.id ?? "";
  dispatchId = (await dispatchCourse(product, courseId, { shareAnalytics: true })).id;
  from = await downloadPackage(product, dispatchId);
  refused = await passAt(product, from, "ann", "refuses");
  accepted = await passAt(product, from, "ben", "accepts");
  silent = await passAt(product, from, "cat", "silent");
  ({ page, home } = await signedInPage(browser, product));
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await product.remove();
});

const dialog = () => page.getByRole("dialog");
const row = (text: string | RegExp) => page.getByRole("row").filter({ hasText: text });

describe("deployments", () => {
  it("are found by what their host refused, and by nothing else", async () => {
    await page.goto(`${home}/dispatch/deployments`);
    await row("lms.example.com").getByText("2 results, 1 refused").waitFor();
    await page.getByRole("combobox", { name: "Trouble" }).click();
    await page.getByRole("option", { name: "Their LMS refused a result" }).click();
    await page.waitForURL(/trouble=refused/);
    await row("lms.example.com").waitFor();
    await page.getByRole("combobox", { name: "State" }).click();
    await page.getByRole("option", { name: "Suspended" }).click();
    await page.getByText("Nothing matches these filters.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("link", { name: "lms.example.com" }).click();
    await page.getByRole("heading", { level: 1, name: "lms.example.com" }).waitFor();
  });

  it("say per launch what was sent and answered, with our record beside it", async () => {
    const told = page.getByRole("region", { name: "Newest launches", exact: true }).getByRole("row");
    const launch = told.filter({ hasText: "Their LMS refused completion with error 351" });
    await launch.getByText("completed, passed · score 90 · PT1M30S").waitFor();
    await launch.getByText("Passed", { exact: true }).waitFor();
    expect(await told.filter({ hasText: "Their LMS took" }).count()).toBe(1);
  });

  it("are suspended after asking, and allowed again; notes are kept", async () => {
    await page.getByRole("button", { name: "Suspend" }).click();
    await dialog()
      .getByText(/learners who were there before/)
      .waitFor();
    await dialog().getByRole("button", { name: "Suspend" }).click();
    await page.getByRole("button", { name: "Allow launches" }).waitFor();
    await expect(openExchange(product, from, "dan")).rejects.toThrow("refused");
    await page.getByRole("button", { name: "Allow launches" }).click();
    await page.getByRole("button", { name: "Suspend" }).waitFor();
    await page.getByRole("textbox", { name: "Notes" }).fill("Ask Eva about their proxy");
    await page.getByRole("button", { name: "Save notes" }).click();
    await page.getByText("Notes saved").waitFor();
    await page.reload();
    await page.getByText("Ask Eva about their proxy").waitFor();
  });
});

describe("a session", () => {
  it("shows both sides, each call in words, callbacks and data", async () => {
    await page.goto(`${home}/dispatch/sessions/${refused.id}`);
    await page.getByRole("heading", { level: 1, name: "Doe, Jane" }).waitFor();
    const sides = page.getByRole("region", { name: "Here and there" });
    await sides
      .getByRole("row", { name: /^Success/ })
      .getByText("Passed")
      .first()
      .waitFor();
    const receipts = page.getByRole("region", { name: "Receipts", exact: true });
    await receipts.getByText("Their LMS refused completion with error 351").waitFor();
    await receipts.getByText("Their LMS took the score").waitFor();
    await receipts.getByLabel("Only what was not taken").check();
    await page.waitForURL(/failed=true/);
    await receipts.getByText("Their LMS took the score").waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Callbacks" }).getByText("Begin").waitFor();
    await page
      .getByRole("region", { name: "Data model" })
      .getByText(/"lesson_status": "passed"|passed/)
      .first()
      .waitFor();
    expect(await page.getByRole("link", { name: "Open registration" }).getAttribute("href")).toContain(
      `/registrations/${refused.registrationId}`,
    );
  });

  it("is told again, and what was settled by hand leaves the list of what is open", async () => {
    await page.goto(`${home}/dispatch/results`);
    const names = page.getByRole("link", { name: "Doe, Jane" });
    await vi.waitFor(async () => expect(await names.count()).toBe(2), 10_000);
    const open = await page.getByRole("row").allInnerTexts();
    expect([open[1], open[2]]).toEqual([expect.stringContaining("error 351"), expect.stringContaining("never told")]);
    await row("error 351")
      .getByRole("button", { name: /^Resend/ })
      .click();
    await page.getByText(/The result (?:was told again|will be told)/).waitFor();
    await row("never told")
      .getByRole("button", { name: /^Settle/ })
      .click();
    await dialog().getByLabel("Note").fill("Entered by hand");
    await dialog().getByRole("button", { name: "Settle" }).click();
    await row("never told").waitFor({ state: "detached" });
    await page.goto(`${home}/dispatch/sessions/${silent.id}`);
    await page.getByText(/: Entered by hand/).waitFor();
  });

  it("takes in a duplicate of the same learner, and is revoked", async () => {
    await page.goto(`${home}/dispatch/sessions/${accepted.id}`);
    const others = page.getByRole("region", { name: "Perhaps the same learner" });
    await others.getByRole("button", { name: "Merge into this: cat" }).click();
    await dialog().getByRole("button", { name: "Merge into this" }).click();
    await others.getByText("cat").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Revoke access" }).click();
    await dialog().getByRole("button", { name: "Revoke access" }).click();
    await page.getByText("Access is revoked").waitFor();
    await page.goto(`${home}/dispatch/sessions/${silent.id}`);
    await page.getByRole("link", { name: "Open the session that stays" }).waitFor();
  });
});

describe("analytics", () => {
  it("count launches by day, deployment and dispatch, as a chart, a table and a file", async () => {
    await page.goto(`${home}/dispatch/analytics`);
    await page.getByRole("radiogroup", { name: "Days" }).getByText("7 days").click();
    await page.waitForURL(/days=7/);
    await page
      .getByRole("region", { name: "By deployment", exact: true })
      .getByRole("link", { name: "lms.example.com" })
      .waitFor();
    await page.getByRole("button", { name: /^View as table/ }).click();
    const days = page.getByRole("region", { name: "By day", exact: true }).getByRole("row");
    expect(await days.count()).toBe(8);
    // The learner who was merged is counted no more.
    expect((await days.last().getByRole("cell").allInnerTexts()).slice(0, 2)).toEqual(["3", "2"]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const chunks: Uint8Array[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString().trimEnd().split("\r\n")[1]).toMatch(/,Verdicts,ACME,3,/);
    await page
      .getByRole("region", { name: "Top dispatches", exact: true })
      .getByRole("link", { name: "Verdicts" })
      .click();
    await page.getByText("Only Verdicts").waitFor();
  });
});

describe("a move to another version", () => {
  it("is tried dry, started on all, seen through, and taken back", async () => {
    const form = new FormData();
    form.set("file", new File([Uint8Array.from(await buildVerdictPackage())], "v2.zip", { type: "application/zip" }));
    await restClient(product).request(
      "POST",
      "/courses/importJobs/upload?courseId=verdict&mayCreateNewVersion=true",
      form,
    );
    const versions = rpcClient(product, CourseVersionService);
    await vi.waitFor(
      async () => expect((await versions.listCourseVersions({ courseId })).courseVersions).toHaveLength(2),
      { timeout: 20_000, interval: 200 },
    );
    await page.goto(`${home}/courses/${courseId}/versions`);
    await page.getByRole("button", { name: "Move learners…" }).click();
    await dialog().getByLabel("Passed").check();
    await dialog().getByRole("button", { name: "Try without changing anything" }).click();
    await dialog()
      .getByText(/learners? would be moved/)
      .waitFor();
    await dialog().getByRole("radiogroup").getByText("100%").click();
    await dialog().getByRole("button", { name: "Start with 100%" }).click();
    const move = page.getByRole("region", { name: "Move to version 2" });
    await move.getByText("Done", { exact: true }).waitFor({ timeout: 30_000 });
    await move.getByRole("button", { name: "Go back" }).click();
    await dialog().getByRole("button", { name: "Go back" }).click();
    await move.getByText("Taken back").waitFor({ timeout: 30_000 });
  });
});

describe("a customer's report", () => {
  it("opens by its link without an account, keeps the token out of addresses, and ends", async () => {
    const links = rpcClient(product, ReportLinkService);
    const of = { case: "dispatchId", value: dispatchId } as const;
    const { reportLink, url } = await links.createReportLink({ requestId: randomUUID(), of, withLearners: true });
    const token = new URL(url).hash.slice(1);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    const customer = await context.newPage();
    const addresses: string[] = [];
    customer.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
    await customer.goto(`${product.url}/report#${token}`);
    await customer.getByRole("heading", { level: 1, name: "Verdicts" }).waitFor();
    await customer.getByRole("region", { name: "Learners", exact: true }).getByText("Doe, Jane").first().waitFor();
    await customer.getByRole("button", { name: /^View as table/ }).click();
    await customer.getByRole("columnheader", { name: "Launches" }).waitFor();
    expect(addresses.filter((address) => address.includes(token) && !address.includes("/report#"))).toEqual([]);
    expect(await axeViolations(customer)).toEqual([]);
    await customer.setViewportSize({ width: 390, height: 844 });
    await vi.waitFor(async () =>
      expect(await customer.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true),
    );
    await links.deleteReportLink({ id: reportLink?.id ?? "" });
    await customer.reload();
    await customer.getByRole("heading", { name: "This link has ended" }).waitFor();
    expect(await customer.getByText("Doe, Jane").count()).toBe(0);
    await context.close();
  });
});

it("shows nothing to another organization", async () => {
  const authorization = await secondOwner(product);
  const ask = async (method: string, body: object) => {
    const response = await fetch(`${product.url}/rpc/coursemesh.web.v1.${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json()];
  };
  for (const list of ["DeploymentViewService/ListDeployments", "DispatchSessionViewService/ListUnacknowledged"])
    expect(await ask(list, {})).toEqual([200, {}]);
  expect(await ask("DispatchSessionViewService/ListReceipts", { sessionId: refused.id })).toEqual([200, {}]);
  const { id } = refused;
  for (const [method, body] of [
    ["DispatchSessionViewService/GetSession", { id }],
    ["DispatchSessionViewService/RevokeSession", { id }],
    ["DispatchSessionViewService/SettleResult", { sessionId: id }],
    ["DispatchSessionViewService/ResendResult", { sessionId: id }],
    ["DeploymentViewService/GetDeployment", { id: refused.deploymentId }],
    ["DeploymentViewService/SetDeploymentSuspended", { id: refused.deploymentId, suspended: true }],
    ["VersionMoveViewService/GetVersionMoves", { courseId }],
  ] as const)
    expect((await ask(method, body))[0], method).toBe(404);
});

describe("every page", () => {
  it.each([
    ["deployments", () => "deployments"],
    ["a deployment", () => `deployments/${refused.deploymentId}`],
    ["what is not acknowledged", () => "results"],
    ["a session", () => `sessions/${refused.id}`],
    ["analytics", () => "analytics"],
  ])("of %s is without what axe finds, and fits a phone", async (_, path) => {
    await page.goto(`${home}/dispatch/${path()}`);
    await page.locator("main").getByRole("heading", { level: 1 }).waitFor();
    await page.locator("[aria-busy=true], .mantine-Skeleton-root").first().waitFor({ state: "detached" });
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await vi.waitFor(async () =>
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true),
    );
    expect(await axeViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("speaks German, and logged no problem", async () => {
    await page.evaluate('localStorage.setItem("coursemesh.language", "de")');
    await page.goto(`${home}/dispatch/sessions/${refused.id}`);
    await page.getByText("Deren LMS hat den Abschluss mit Fehler 351 abgelehnt").waitFor();
    await page.evaluate('localStorage.setItem("coursemesh.language", "en")');
    expect(problems).toEqual([]);
  });
});
