import { createHash } from "node:crypto";
import { buildQuizPackage } from "@coursemesh/samples/sample-courses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

interface Envelope<Data = Record<string, unknown>> {
  readonly success: boolean;
  readonly data: Data;
  readonly error?: { readonly code: string; readonly message: string; readonly parameter?: string };
}
type Answer<Data> = Envelope<Data> & { readonly status: number };

let product: Product;

beforeAll(async () => {
  product = await startProduct();
  const quiz = await buildQuizPackage();
  await restClient(product).importCourse("quiz", quiz);
  await restClient(product).importCourse("other", quiz);
});
afterAll(() => product.remove());

function fetchIt(
  method: string,
  path: string,
  body?: unknown,
  authorization = product.authorization,
): Promise<Response> {
  return fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { authorization, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function call<Data = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  authorization?: string,
): Promise<Answer<Data>> {
  const response = await fetchIt(method, path, body, authorization);
  return { status: response.status, ...((await response.json()) as Envelope<Data>) };
}

interface Made {
  readonly id: string;
}

describe("dispatch over REST", () => {
  let destination: string;
  let dispatch: string;

  it("makes a destination and a dispatch with terms, and says what is wrong by name", async () => {
    const made = await call<Made>("POST", "/dispatch/destinations", { name: "Harbour", externalId: "harbour" });
    expect(made).toMatchObject({
      status: 201,
      success: true,
      data: { name: "Harbour", enabled: true, dispatchCount: 0 },
    });
    destination = made.data.id;
    const body = {
      ...{
        courseId: "quiz",
        destinationId: "harbour",
        externalId: "d1",
        usageLimit: 50,
        expiresAt: "2031-05-06T07:08:09Z",
      },
      ...{ allowedDomains: ["lms.example.com"], callback: { url: "https://results.example.com/hook" } },
    };
    const first = await call<Made & { callbackSecret: string }>("POST", "/dispatch/dispatches", body);
    expect(first).toMatchObject({
      status: 201,
      data: { status: "awaiting_contact", usageLimit: 50, usage: { used: 0 }, allowedDomains: ["lms.example.com"] },
    });
    expect(first.data.callbackSecret).toMatch(/^whsec_/);
    dispatch = first.data.id;
    for (const [wrong, parameter] of [
      [{ ...body, externalId: "d2", usageLimit: -1 }, "usageLimit"],
      [{ ...body, externalId: "d2", expiresAt: "tomorrow" }, "expiresAt"],
      [{ ...body, externalId: "d2", hostOptions: { statusMapping: "any" } }, "hostOptions.statusMapping"],
    ] as const)
      expect(await call("POST", "/dispatch/dispatches", wrong)).toMatchObject({
        status: 400,
        success: false,
        error: { code: "FIELD_INVALID", parameter },
      });
    expect(await call("POST", "/dispatch/dispatches", body)).toMatchObject({
      status: 409,
      error: { code: "EXTERNAL_ID_TAKEN" },
    });
    expect(await call("POST", "/dispatch/dispatches", { ...body, courseId: "none" })).toMatchObject({
      status: 404,
      error: { code: "COURSE_NOT_FOUND" },
    });
  });

  it("changes what is given and nothing else", async () => {
    const { data } = await call("PATCH", "/dispatch/dispatches/d1", {
      usageLimit: null,
      seatLimit: 5,
      shareAnalytics: true,
    });
    expect(data).toMatchObject({ id: dispatch, usageLimit: null, seatLimit: 5, shareAnalytics: true });
    expect(data).toMatchObject({ expiresAt: "2031-05-06T07:08:09.000Z", allowedDomains: ["lms.example.com"] });
    expect((await call("PATCH", `/dispatch/dispatches/${dispatch}`, {})).data).toMatchObject({ seatLimit: 5 });
    const paused = await call("PATCH", "/dispatch/destinations/harbour", { enabled: false, notes: "paused" });
    expect(paused.data).toMatchObject({ enabled: false, notes: "paused", dispatchCount: 1 });
    expect((await call("GET", "/dispatch/dispatches/d1")).data).toMatchObject({ status: "disabled" });
    await call("PATCH", "/dispatch/destinations/harbour", { enabled: true });
  });

  it("lists by numbered pages", async () => {
    for (const name of ["A", "B", "C"])
      await call("POST", "/dispatch/dispatches", {
        courseId: "other",
        destinationId: destination,
        name,
        tags: ["more"],
      });
    const second = await call<{ dispatches: { name: string }[] }>(
      "GET",
      "/dispatch/dispatches?tag=more&orderBy=name&page=2&limit=2",
    );
    expect(second.data).toMatchObject({ page: 2, limit: 2, total: 3, totalPages: 2, dispatches: [{ name: "C" }] });
    expect(await call("GET", "/dispatch/dispatches?page=0")).toMatchObject({
      status: 400,
      error: { parameter: "page" },
    });
  });

  it("makes packages and sends them, counted", async () => {
    const made = await call<Made>("POST", "/dispatch/dispatches/d1/packages", { format: "scorm2004_4th" });
    expect(made.status).toBe(202);
    await expect
      .poll(async () => (await call("GET", `/dispatch/packages/${made.data.id}`)).data, { timeout: 20_000 })
      .toMatchObject({ state: "ready", format: "scorm2004_4th" });
    const { data } = await call<{ sha256: string }>("GET", `/dispatch/packages/${made.data.id}`);
    const file = await fetchIt("GET", `/dispatch/packages/${made.data.id}/download`);
    expect(file.headers.get("content-type")).toBe("application/zip");
    expect(file.headers.get("content-disposition")).toContain("attachment");
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(data.sha256);
    const again = await fetchIt("GET", "/dispatch/dispatches/d1/download?format=scorm2004_4th");
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    await expect
      .poll(async () => (await call("GET", "/dispatch/dispatches/d1")).data, { timeout: 10_000 })
      .toMatchObject({ downloadCount: 2 });
    expect(await call("GET", "/dispatch/dispatches/d1/download?format=cmi5")).toMatchObject({
      error: { code: "FORMAT_UNSUPPORTED" },
    });
  });

  it("counts what it makes and sends for Prometheus", async () => {
    const text = await (await fetch(`${product.url}/metrics`)).text();
    expect(text).toMatch(/^coursemesh_dispatch_packages_\w+\S* [1-9]/m);
    expect(text).toMatch(/^coursemesh_dispatch_downloads\w*\S* 2/m);
  });

  it("refuses packages of an expired dispatch", async () => {
    await call("PATCH", "/dispatch/dispatches/d1", { expiresAt: "2020-01-01T00:00:00Z" });
    expect(await call("GET", "/dispatch/dispatches/d1/download")).toMatchObject({
      status: 403,
      error: { code: "PACKAGE_EXPIRED" },
    });
    await call("PATCH", "/dispatch/dispatches/d1", { expiresAt: null });
  });

  it("tells figures for 7, 30 and 90 days", async () => {
    for (const [period, days] of [
      ["7d", 7],
      ["30d", 30],
      ["90d", 90],
    ] as const) {
      const path = `/dispatch/dispatches/d1/analytics?period=${period}&timeZone=Europe/Berlin`;
      const { data } = await call<{ timeline: object[] }>("GET", path);
      expect(data.timeline).toHaveLength(days);
      expect(data).toMatchObject({ summary: { launches: 0, downloads: 2 }, deployments: [] });
    }
    const overview = await call("GET", "/dispatch/analytics?period=7d");
    expect(overview.data).toMatchObject({
      dispatches: 4,
      active: 4,
      packages: { generated: 2, failed: 0, downloads: 2 },
    });
    expect(await call("GET", "/dispatch/analytics?period=1y")).toMatchObject({
      status: 400,
      error: { parameter: "period" },
    });
  });

  it("makes links that launch without an LMS", async () => {
    const { data, status } = await call<{ url: string }>("POST", "/dispatch/dispatches/d1/launch-links", {
      learner: { id: "ana", name: "Ana Silva" },
    });
    expect([status, new URL(data.url).origin]).toEqual([201, product.url]);
    expect(data.url).not.toMatch(/ana|silva/i);
  });

  it("does the same to many at once, each by itself", async () => {
    const started = await call<Made>("POST", "/dispatch/bulk", { action: "disable", selection: { tags: ["more"] } });
    expect(started.status).toBe(202);
    await expect
      .poll(async () => (await call("GET", `/dispatch/bulk/${started.data.id}`)).data, { timeout: 20_000 })
      .toMatchObject({ state: "done", total: 3, done: 3, failed: 0, failures: [] });
    const { data } = await call("GET", "/dispatch/dispatches?status=disabled");
    expect(data).toMatchObject({ total: 3 });
    expect(await call("POST", "/dispatch/bulk", { action: "explode" })).toMatchObject({
      status: 400,
      error: { code: "FIELD_INVALID" },
    });
  });

  it("describes itself", async () => {
    const response = await fetchIt("GET", "/openapi.json");
    const document = (await response.json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(["/dispatch/dispatches/{id}/download", "/dispatch/bulk"]),
    );
  });

  it("shows strangers nothing", async () => {
    const stranger = await secondOwner(product);
    for (const path of [
      `/dispatch/dispatches/${dispatch}`,
      "/dispatch/dispatches/d1",
      `/dispatch/destinations/${destination}`,
    ])
      expect((await call("GET", path, undefined, stranger)).status, path).toBe(404);
    expect((await call("GET", "/dispatch/dispatches", undefined, stranger)).data).toMatchObject({ total: 0 });
    expect(await call("GET", "/dispatch/dispatches", undefined, "Basic bm86bm8=")).toMatchObject({
      status: 401,
      error: { code: "UNAUTHENTICATED" },
    });
  });

  it("removes a dispatch, and a destination with what is left", async () => {
    expect((await call("DELETE", "/dispatch/dispatches/d1")).status).toBe(200);
    expect((await call("GET", "/dispatch/dispatches/d1")).error?.code).toBe("DISPATCH_NOT_FOUND");
    expect((await call("DELETE", `/dispatch/destinations/${destination}`)).success).toBe(true);
    expect((await call("GET", "/dispatch/dispatches")).data).toMatchObject({ total: 0 });
  });
});
