import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import yauzl from "yauzl";
import { axeViolations } from "../../browser/axe-violations.ts";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { signedInPage } from "../../browser/signed-in-page.ts";
import { type CustomerPackage, downloadPackage, openExchange } from "../../product/dispatched-course.ts";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

/** Looks that pages are checked in; DISPATCH_LOOKS=all checks each scheme at each width. */
const LOOKS: readonly (readonly ["light" | "dark", number])[] = [
  ["light", 1440],
  ["dark", 390],
  ...(process.env.DISPATCH_LOOKS === "all"
    ? ([
        ["light", 390],
        ["dark", 1440],
        ["light", 320],
      ] as const)
    : []),
];

let product: Product;
let browser: Browser;
let page: Page;
let home: string;
/** The dispatch that the wizard makes, its customer, and its package as the customer has it. */
let dispatchId: string;
let destinationId: string;
let courseId: string;
let inTheField: CustomerPackage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  await restClient(product).importCourse("quiz", await buildQuizPackage());
  ({ page, home } = await signedInPage(browser, product));
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await product.remove();
});

const dialog = (name?: string | RegExp) => page.getByRole("dialog", name === undefined ? {} : { name });
const next = () => page.getByRole("button", { name: "Next" }).click();

async function namesIn(path: string): Promise<string[]> {
  const zip = await yauzl.fromBufferPromise(await readFile(path));
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  return names;
}

describe("the dispatch pages", () => {
  it("make a dispatch in five steps, back and forth without loss, and hand out a real package", async () => {
    await page.getByRole("link", { name: "Dispatch", exact: true }).click();
    await page.getByRole("heading", { name: "No dispatches yet" }).waitFor();
    await page.getByRole("button", { name: "Create dispatch" }).click();
    await next();
    await page.getByText("Choose a course.").waitFor();
    await page.getByRole("combobox", { name: "Course" }).click();
    await page.getByRole("option").first().click();
    await next();
    await page.getByRole("radio", { name: "A new customer" }).check();
    await next();
    await page.getByText("Enter a name.").waitFor();
    await page.getByLabel("Customer’s name").fill("Harbour Academy");
    await page.getByLabel("Contact e-mail").fill("lms@harbour.example");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Learners", exact: true }).fill("5");
    await next();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Golf for Harbour");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.goBack();
    await expect
      .poll(() => page.getByRole("textbox", { name: "Name", exact: true }).inputValue())
      .toBe("Golf for Harbour");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    expect(await page.getByRole("textbox", { name: "Learners", exact: true }).inputValue()).toBe("5");
    await next();
    await next();
    await page.getByRole("radio", { name: "SCORM 2004 4th edition" }).check();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Create and download" }).click();
    const names = await namesIn(await (await downloading).path());
    expect(names).toEqual(expect.arrayContaining(["imsmanifest.xml", "index.html", "launcher.js", "package.js"]));
    await page.getByRole("heading", { level: 1, name: "Golf for Harbour" }).waitFor();
    dispatchId = page.url().split("/").at(-1) ?? "";
    const { dispatch } = await rpcClient(product, DispatchService).getDispatch({
      by: { case: "id", value: dispatchId },
    });
    destinationId = dispatch?.destinationId ?? "";
    courseId = dispatch?.courseId ?? "";
    expect(dispatch?.terms).toMatchObject({ usageLimit: 5, allowNewRegistrations: true });
  });

  it("wait for the first contact and turn green by themselves", async () => {
    await page.getByText("Waiting for the first contact").waitFor();
    inTheField = await downloadPackage(product, dispatchId);
    await openExchange(product, inTheField, "ana");
    await page.getByText("Reaching the LMS").waitFor();
    await page.getByText("1 of 5 used").first().waitFor();
    await page.getByRole("link", { name: "lms.example.com" }).waitFor();
  });

  it("pause and let go on, felt at the next launch", async () => {
    const launch = () => openExchange(product, inTheField, "ben");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Nothing launches: this dispatch is paused.").waitFor();
    await expect(launch()).rejects.toThrow(/refused/);
    await page.reload();
    await page.getByText("Paused: 1").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Reaching the LMS").waitFor();
    await launch();
  });

  it("change settings, with the learner’s page as it will look, and show a callback’s new secret once", async () => {
    await page.getByRole("button", { name: "More for Golf for Harbour" }).click();
    await page.getByRole("menuitem", { name: "Edit settings…" }).click();
    const form = dialog("Settings of Golf for Harbour");
    await form.getByRole("tab", { name: "Branding" }).click();
    await form.getByLabel("Own branding").check();
    await form.getByLabel("Whom learners ask").fill("Ask the harbour office");
    const preview = form.getByRole("region", { name: "Preview of the learner’s page" });
    await preview.getByText("All places are taken").waitFor();
    await preview.getByText("Ask the harbour office").waitFor();
    await form.getByRole("tab", { name: "Callback" }).click();
    await form.getByLabel("Address", { exact: true }).fill("https://results.example.com/hook");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "detached" });
    await page.getByText("https://results.example.com/hook").waitFor();
    await page.getByRole("button", { name: "More for Golf for Harbour" }).click();
    await page.getByRole("menuitem", { name: "New callback secret…" }).click();
    await dialog("New callback secret").getByRole("button", { name: "Make secret" }).click();
    const shown = dialog("Keep this secret now");
    await shown.getByText(/^whsec_/).waitFor();
    expect(await shown.getByRole("button", { name: "Done" }).isDisabled()).toBe(true);
    await shown.getByLabel("I have kept it in a safe place").check();
    await shown.getByRole("button", { name: "Done" }).click();
    const changed = (await rpcClient(product, DispatchService).getDispatch({ by: { case: "id", value: dispatchId } }))
      .dispatch;
    expect(changed).toMatchObject({
      terms: { usageLimit: 5 },
      branding: { supportText: "Ask the harbour office" },
      callback: { url: "https://results.example.com/hook" },
    });
  });

  it("show a licence with its seats, free one, count from zero and extend", async () => {
    await page.getByRole("link", { name: "Licence and seats" }).click();
    await page.getByText("2 of 5 used").waitFor();
    await page.getByRole("button", { name: "End access: ana" }).click();
    await dialog("End the access of ana").getByRole("button", { name: "End access" }).click();
    await page.getByRole("button", { name: "End access: ana" }).waitFor({ state: "detached" });
    await expect(openExchange(product, inTheField, "ana")).rejects.toThrow(/refused/);
    await page.getByRole("button", { name: "Reset count" }).click();
    await dialog().getByText("2 counted learners no longer count.").waitFor();
    await dialog().getByRole("button", { name: "Reset count" }).click();
    await page.getByText("0 of 5 used").waitFor();
    await page.getByRole("button", { name: "Extend" }).click();
    await dialog("Terms of Golf for Harbour").getByRole("textbox", { name: "Learners", exact: true }).fill("40");
    await dialog().getByRole("button", { name: "Save" }).click();
    await page.getByText("0 of 40 used").waitFor();
  });

  it("act on many at once, with progress, and filter by address", async () => {
    const { course } = await rpcClient(product, CourseService).getCourse({ by: { case: "externalId", value: "quiz" } });
    for (const name of ["Second", "Third"])
      await rpcClient(product, DispatchService).createDispatch({
        requestId: randomUUID(),
        dispatch: { name, courseId: course?.id ?? "", destinationId, tags: ["more"] },
      });
    await page.goto(`${home}/dispatch?tag=more`);
    await page.getByText("2 of 2 shown").waitFor();
    await page.getByLabel("Choose all 2 shown").check();
    await page.getByRole("region", { name: "For all chosen" }).getByRole("button", { name: "Pause" }).click();
    await dialog("Pause 2 dispatches").getByRole("button", { name: "Pause 2" }).click();
    await dialog().getByText("Finished: 2 of 2 done, 0 failed").waitFor();
    await dialog().getByRole("button", { name: "Done" }).click();
    await page.goto(`${home}/dispatch?status=disabled`);
    await page.getByText("2 of 2 shown").waitFor();
    await page.goto(`${home}/dispatch?q=nothing-like-this`);
    await page.getByText("Nothing matches these filters.").waitFor();
  });

  it("show a customer with everything, pause it, and share a report", async () => {
    await page.goto(`${home}/dispatch/destinations`);
    await page.getByRole("link", { name: "Harbour Academy" }).click();
    await page.getByText("lms@harbour.example").waitFor();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download all packages" }).click();
    await dialog().getByRole("button", { name: "Download" }).click();
    expect((await namesIn(await (await downloading).path())).filter((name) => name.endsWith(".zip"))).toHaveLength(3);
    await page.getByRole("button", { name: "Pause: Harbour Academy" }).click();
    await page.getByText("Paused: nothing of this customer launches.").waitFor();
    await page.getByRole("button", { name: "Resume: Harbour Academy" }).click();
    await page.getByText("Paused: nothing of this customer launches.").waitFor({ state: "detached" });
    await rpcClient(product, DispatchService).updateDispatch({
      dispatch: { id: dispatchId, shareAnalytics: true },
      updateMask: { paths: ["share_analytics"] },
    });
    await page.getByRole("button", { name: "More for Harbour Academy" }).click();
    await page.getByRole("menuitem", { name: "Share report link…" }).click();
    await dialog().getByRole("button", { name: "Make link" }).click();
    await dialog("Keep this link now")
      .getByText(/^https?:\/\//)
      .waitFor();
    await dialog().getByLabel("I have kept it in a safe place").check();
    await dialog().getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "End link" }).click();
    await page.getByRole("button", { name: "End link" }).waitFor({ state: "detached" });
  });

  it("rotate the signing key, and revoke the old one after a warning", async () => {
    await page.goto(`${home}/dispatch/settings`);
    await page.getByRole("button", { name: "Make new key" }).click();
    await dialog().getByRole("button", { name: "Make new key" }).click();
    await page.getByText("Older, still valid").waitFor();
    await page.getByRole("button", { name: /^Revoke: / }).click();
    const warning = dialog(/^Revoke a key that/);
    expect(await warning.getByRole("button", { name: "Revoke" }).isDisabled()).toBe(true);
    const typed = warning.getByRole("textbox");
    const id = /“(.+)”/.exec((await warning.getByText(/^Type “/).innerText()) ?? "")?.[1] ?? "";
    await typed.fill(id);
    await warning.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("cell", { name: "Revoked" }).waitFor();
  });

  it.each(LOOKS)(
    "are without what axe finds in %s at %i px, and nothing is wider than the page",
    async (colorScheme, width) => {
      const looking = await signedInPage(browser, product, { colorScheme, viewport: { width, height: 900 } });
      const pages = [
        "",
        `/new?step=terms&course=${courseId}&destination=${destinationId}`,
        `/dispatches/${dispatchId}`,
        "/destinations",
      ];
      for (const path of [
        ...pages,
        `/destinations/${destinationId}`,
        "/licences",
        `/licences/${dispatchId}`,
        "/settings",
      ]) {
        await looking.page.goto(`${home}/dispatch${path}`);
        await looking.page.getByRole("heading", { level: 1 }).waitFor();
        await expect
          .poll(() => looking.page.locator("main [aria-busy=true], main .mantine-Skeleton-root").count())
          .toBe(0);
        expect(await axeViolations(looking.page), path).toEqual([]);
        const sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        expect(await looking.page.evaluate(sideways), path).toBeLessThanOrEqual(0);
        expect(await looking.page.locator("main").innerText(), path).not.toMatch(
          /Could not load|dispatch\.\w|NaN|undefined/,
        );
      }
      await looking.page.context().close();
    },
    120_000,
  );

  it("speak German", async () => {
    await page.evaluate(`localStorage.setItem("coursemesh.language", "de")`);
    await page.goto(`${home}/dispatch/dispatches/${dispatchId}`);
    await page.getByText("Was Abgewiesene sehen").waitFor();
    await page.getByText("Alle Plätze sind vergeben").waitFor();
    await page.evaluate(`localStorage.setItem("coursemesh.language", "en")`);
  });

  it("belong to their organization, and need their permissions", async () => {
    const owner = await secondOwner(product);
    const ask = async (method: string, body: object, authorization = owner) => {
      const response = await fetch(`${product.url}/rpc/coursemesh.web.v1.${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    };
    for (const list of ["DispatchViewService/ListDispatches", "DestinationViewService/ListDestinations"])
      expect((await ask(list, {})).text, list).not.toContain("Harbour");
    expect((await ask("LicenceViewService/ListLicences", { scope: "dispatch" })).text).toBe("{}");
    for (const [method, body] of [
      ["DispatchViewService/GetDispatch", { id: dispatchId }],
      ["DispatchViewService/SetDispatchEnabled", { id: dispatchId, enabled: false }],
      ["DispatchViewService/CreateTestLaunch", { id: dispatchId }],
      ["DestinationViewService/GetDestination", { id: destinationId }],
      ["DestinationViewService/CreateReportLink", { destinationId }],
      ["LicenceViewService/GetLicence", { scope: "dispatch", id: dispatchId }],
      ["LicenceViewService/ResetUsage", { scope: "dispatch", id: dispatchId }],
      ["DispatchPackageViewService/CreatePackage", { dispatchId, format: "scorm12" }],
      ["DispatchPackageViewService/GetPackage", { id: inTheField.id }],
    ] as const)
      expect((await ask(method, body)).status, method).toBe(404);
    const file = await fetch(`${product.url}/dispatch/v1/packages/${inTheField.id}/file`, {
      headers: { authorization: owner },
    });
    expect(file.status).toBe(404);
    const reader = await makeKey(product, owner, [Permission.DISPATCH_READ]);
    const refused = await ask("DestinationViewService/CreateDestination", { draft: { name: "X" } }, reader);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("dispatch:write")]);
  });
});
