import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ContentHarness, contentHarness, owner } from "./content-harness.ts";

let content: ContentHarness;
let server: Server;
let base: string;
const callbacks: unknown[] = [];
beforeAll(async () => {
  const quiz = await buildQuizPackage();
  server = createServer(async (request, response) => {
    if (request.method === "POST") {
      callbacks.push(JSON.parse((await request.toArray()).join("")));
      response.writeHead(204).end();
    } else if (request.url?.startsWith("/quiz.zip")) response.end(quiz);
    else if (request.url === "/moved") response.writeHead(302, { location: "/quiz.zip" }).end();
    else if (request.url === "/inside") response.writeHead(302, { location: "http://127.0.0.2/secret" }).end();
    else if (request.url === "/endless") {
      response.write(Buffer.alloc(3_000_000));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://localhost:${(server.address() as AddressInfo).port}`;
  content = await contentHarness({ IMPORT_ALLOW_HOSTS: "localhost", UPLOAD_MAX_BYTES: "2000000" });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await content.stop();
});

const byUrl = (value: string) => ({ source: { case: "fetchUrl" as const, value } });
const run = async (path: string) => content.ended((await content.startImport(byUrl(`${base}${path}`))).id);

it("fetches a package, also from where it has moved to, and shows the address without its secrets", async () => {
  const done = await run("/quiz.zip?signature=secret");
  expect(done).toMatchObject({ state: ImportState.COMPLETE, source: `${base}/quiz.zip` });
  expect((await run("/moved")).state).toBe(ImportState.COMPLETE);
});

it("says why a package could not be fetched", async () => {
  expect(await run("/absent")).toMatchObject({
    state: ImportState.FAILED,
    errorReason: "FETCH_FAILED",
    errorMessage: "The package could not be fetched: the server answered 404.",
  });
});

it("stops a download that is larger than allowed", async () => {
  expect(await run("/endless")).toMatchObject({ state: ImportState.FAILED, errorReason: "UPLOAD_TOO_LARGE" });
});

it("follows no redirect into the private network", async () => {
  expect(await run("/inside")).toMatchObject({ state: ImportState.FAILED, errorReason: "FETCH_URL_REFUSED" });
});

it("refuses private addresses and other protocols at once", async () => {
  for (const url of [
    "http://127.0.0.1/a.zip",
    "http://169.254.169.254/latest",
    "http://[::1]/",
    "file:///etc/passwd",
  ]) {
    const refused = content.startImport(byUrl(url)).then(() => "nothing", reasonOf);
    expect(await refused).toBe("FETCH_URL_REFUSED");
  }
});

it("cancels a download", async () => {
  const { id } = await content.startImport(byUrl(`http://localhost:${await silentServer()}/`));
  const imports = content.mesh.clients.of(ImportService);
  await as(owner, async () => {
    for await (const { import: it } of imports.watchImport({ id })) if (it!.state === ImportState.FETCHING) break;
    await imports.cancelImport({ id });
  });
  expect((await content.ended(id)).state).toBe(ImportState.CANCELED);
});

it("tells the callback address how it ended", async () => {
  const { id } = await content.startImport({ ...byUrl(`${base}/quiz.zip`), callbackUrl: `${base}/told` });
  await content.ended(id);
  const told = expect.objectContaining({ import: expect.objectContaining({ id, state: "IMPORT_STATE_COMPLETE" }) });
  await vi.waitFor(() => expect(callbacks).toContainEqual(told), { timeout: 10_000 });
});

/** Takes connections and never answers. */
async function silentServer(): Promise<number> {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  silent.unref();
  return (silent.address() as AddressInfo).port;
}
