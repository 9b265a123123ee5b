import { request } from "node:http";
import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { buildMultiScoPackage } from "@coursemesh/samples/sample-courses.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Product, startProduct } from "../../product/start-product.ts";

const SESSION = "/rpc/coursemesh.web.v1.SessionViewService";

/** What a browser does: JSON over HTTP/1.1 with its cookie jar and origin. */
async function post(product: Product, method: string, body: object, cookie = ""): Promise<Response> {
  return fetch(`${product.url}${SESSION}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: product.url, ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });
}

describe("the web API of a running product", () => {
  let product: Product;
  let accessToken: string;
  let cookie: string;
  let courses: Client<typeof CourseViewService>;
  let registrations: Client<typeof RegistrationViewService>;
  let people: Client<typeof PeopleViewService>;
  let overview: Client<typeof OverviewViewService>;

  beforeAll(async () => {
    product = await startProduct();
    const transport = createConnectTransport({
      baseUrl: `${product.url}/rpc`,
      httpVersion: "1.1",
      interceptors: [
        (next) => (request) => {
          request.header.set("authorization", `Bearer ${accessToken}`);
          return next(request);
        },
      ],
    });
    courses = createClient(CourseViewService, transport);
    registrations = createClient(RegistrationViewService, transport);
    people = createClient(PeopleViewService, transport);
    overview = createClient(OverviewViewService, transport);
  });
  afterAll(() => product.remove());

  it("signs the owner in and renews the session from the cookie", async () => {
    const wrong = await post(product, "SignIn", { email: product.admin.email, password: "not it" });
    expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining("SIGN_IN_FAILED")]);
    const signedIn = await post(product, "SignIn", product.admin);
    cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await signedIn.json()).toMatchObject({
      viewer: {
        email: product.admin.email,
        organization: { role: "owner" },
        scopes: expect.arrayContaining(["key:write"]),
      },
    });
    const renewed = await post(product, "Refresh", {}, cookie);
    const { viewer } = (await renewed.json()) as { viewer: { accessToken: string; accessSeconds: number } };
    expect(viewer.accessSeconds).toBeGreaterThan(1_000);
    accessToken = viewer.accessToken;
    expect(renewed.headers.get("set-cookie")).not.toContain(cookie);
    cookie = renewed.headers.get("set-cookie")?.split(";")[0] ?? "";
  });

  it("takes a file in two pieces, imports it and tells how it goes", async () => {
    const bytes = await buildMultiScoPackage();
    const half = Math.floor(bytes.length / 2);
    const send = async (method: string, path: string, body: string | Blob, type = "application/json") => {
      const headers = { authorization: `Bearer ${accessToken}`, "content-type": type };
      const response = await fetch(`${product.url}/web/uploads${path}`, { method, headers, body });
      return { status: response.status, body: (await response.json()) as Record<string, Record<string, unknown>> };
    };
    const created = await send("POST", "", JSON.stringify({ filename: "course.zip", size: bytes.length }));
    const id = String(created.body.upload?.id);
    const piece = (from: number, to?: number) => new Blob([Uint8Array.from(bytes.subarray(from, to))]);
    const first = await send("PATCH", `/${id}?offset=0`, piece(0, half), "application/octet-stream");
    expect(first.body.upload).toMatchObject({ receivedBytes: half, complete: false });
    const wrong = await send("PATCH", `/${id}?offset=0`, piece(0, 10), "application/octet-stream");
    expect(wrong).toMatchObject({ body: { reason: "UPLOAD_OFFSET_WRONG", metadata: { expected: String(half) } } });
    const second = await send("PATCH", `/${id}?offset=${half}`, piece(half), "application/octet-stream");
    expect(second.body.upload).toMatchObject({ receivedBytes: bytes.length, complete: true });
    const imported = await send("POST", `/${id}/import`, JSON.stringify({ note: "first try" }));
    expect(imported.status).toBe(202);

    const states: string[] = [];
    for await (const { import: row } of courses.watchImport({ id: String(imported.body.importId) }))
      states.push(row?.state ?? "");
    expect(states.at(-1)).toBe("complete");
  });

  it("goes on with an upload that broke off", async () => {
    const size = 24 * 1024 * 1024;
    const authorization = `Bearer ${accessToken}`;
    const send = (method: string, path: string, body?: string | Blob, type = "application/json") =>
      fetch(`${product.url}/web/uploads${path}`, {
        method,
        headers: { authorization, ...(body !== undefined && { "content-type": type }) },
        ...(body !== undefined && { body }),
      }).then(
        (response) => response.json() as Promise<{ upload: { id: string; receivedBytes: number; complete: boolean } }>,
      );
    const { id } = (await send("POST", "", JSON.stringify({ filename: "broken-off.zip", size }))).upload;

    const broken = request(`${product.url}/web/uploads/${id}?offset=0`, {
      method: "PATCH",
      headers: { authorization, "content-type": "application/octet-stream", "content-length": size },
    });
    broken.on("error", () => undefined);
    // More than the network's buffers hold, so that some of it has arrived when the line breaks.
    for (let sent = 0; sent < 16; sent += 1)
      await new Promise((resolve) => broken.write(Buffer.alloc(1024 * 1024), resolve));
    broken.destroy();
    const received = async () => (await send("GET", `/${id}`)).upload.receivedBytes;
    await expect.poll(received).toBeGreaterThan(0);

    // The server may still be writing what it has; a refused offset says where to go on.
    await expect
      .poll(async () => {
        const from = await received();
        return (
          await send(
            "PATCH",
            `/${id}?offset=${from}`,
            new Blob([new Uint8Array(size - from)]),
            "application/octet-stream",
          )
        ).upload?.complete;
      })
      .toBe(true);
  });

  it("shows the course with versions, outline and settings", async () => {
    const { courses: rows, total } = await courses.listCourses({});
    expect([rows.length, total, rows[0]?.standard, rows[0]?.counts?.registrations]).toEqual([1, 1n, "SCORM 1.2", 0n]);
    const page = await courses.getCourse({ id: rows[0]?.id ?? "" });
    expect(page.versions).toMatchObject([{ number: 1, current: true, note: "first try" }]);
    expect(JSON.parse(page.outlineJson)).toHaveProperty("activities");
    const { settings } = await courses.listSettings({ courseId: rows[0]?.id ?? "" });
    expect(settings.length).toBeGreaterThan(5);
    const changed = await courses.updateCourse({ id: rows[0]?.id ?? "", etag: page.etag, tags: { values: ["law"] } });
    expect(changed.course?.tags).toEqual(["law"]);
    await expect(courses.updateCourse({ id: rows[0]?.id ?? "", etag: page.etag, title: "late" })).rejects.toThrow();
  });

  it("registers a learner and shows the registration", async () => {
    const { courses: rows } = await courses.listCourses({});
    const created = await registrations.createRegistration({
      courseId: rows[0]?.id ?? "",
      learnerId: "ana",
      firstName: "Ana",
      lastName: "Silva",
    });
    const id = created.registration?.id ?? "";
    expect(created.registration).toMatchObject({
      learnerName: "Ana Silva",
      completion: "not_attempted",
      versionNumber: 1,
    });
    const { url } = await registrations.launchRegistration({ registrationId: id });
    expect(url).toContain("/l/");
    const page = await registrations.getRegistration({ id });
    expect(page.activities.length).toBeGreaterThan(1);
    expect(page.launches).toHaveLength(1);
    expect(page.instances).toMatchObject([{ number: 1, versionNumber: 1 }]);
    expect((await registrations.listCalls({ registrationId: id })).calls).toEqual([]);
    expect((await registrations.getStateAt({ registrationId: id })).differenceCount).toBe(0);
    const listed = await registrations.listRegistrations({ completions: ["not_attempted"], query: "silva" });
    expect([listed.total, listed.registrations[0]?.id]).toEqual([1n, id]);
    await expect(registrations.listRegistrations({ completions: ["nearly"] })).rejects.toThrow(/completions/);
  });

  it("shows people, and makes a key whose secret works", async () => {
    expect((await people.listMembers({})).members).toMatchObject([{ role: "owner", active: true }]);
    expect((await people.listLearners({})).learners).toMatchObject([{ id: "ana", registrationCount: 1 }]);
    const { apiKey, secret } = await people.createApiKey({ name: "reader", scopes: ["course:read"] });
    const authorization = `Basic ${btoa(`${apiKey?.id}:${secret}`)}`;
    const get = (path: string) => fetch(`${product.url}/api/v2${path}`, { headers: { authorization } });
    expect((await get("/courses")).status).toBe(200);
    expect((await get("/registrations")).status).toBe(403);
  });

  it("sums up on the overview, with every part there", async () => {
    expect(await overview.getOverview({})).toMatchObject({
      courseCount: 1n,
      counts: { registrations: 1n, notLaunched: 1n },
      unavailable: [],
    });
  });

  it("changes the password of whoever is signed in, who has to know the present one", async () => {
    const change = (currentPassword: string, newPassword: string) =>
      fetch(`${product.url}${SESSION}/ChangePassword`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}`, origin: product.url },
        body: JSON.stringify({ currentPassword, newPassword }),
      });
    const next = "Another-Horse-8-Battery";
    expect((await change("wrong", next)).status).toBe(400);
    expect((await change(product.admin.password, "short")).status).toBe(400);
    expect((await change(product.admin.password, next)).status).toBe(200);
    expect(
      (await post(product, "SignIn", { email: product.admin.email, password: product.admin.password })).status,
    ).toBe(401);
    expect((await post(product, "SignIn", { email: product.admin.email, password: next })).status).toBe(200);
  });

  it("signs out for good", async () => {
    expect((await post(product, "SignOut", {}, cookie)).status).toBe(200);
    expect((await post(product, "Refresh", {}, cookie)).status).toBe(401);
  });
});
