import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { AnySchema, anyPack } from "@bufbuild/protobuf/wkt";
import { unavailable } from "@coursemesh/platform/errors/service-error.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { PackageDeletedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type FakeLaunches,
  fakeLaunches,
  launchNotFound,
  launchOver,
  PACKAGE,
  TOKEN_OF_LAUNCH,
  VERSION,
} from "./fake-launches.ts";

const large = randomBytes(300_000);
const files = [
  ["index.html", "text/html; charset=utf-8", Buffer.from("<p>page")],
  ["media/film.mp4", "video/mp4", large],
  ["empty.txt", "text/plain; charset=utf-8", Buffer.alloc(0)],
] as const;
const base = `/l/${TOKEN_OF_LAUNCH}`;

let fake: FakeLaunches;
beforeEach(async () => {
  fake = await fakeLaunches(files);
});
afterEach(() => fake.stop());

const get = (url: string, headers: Record<string, string> = {}) => fake.server.inject({ url, headers });
const file = (path: string, headers: Record<string, string> = {}) => get(`${base}/c/${path}`, headers);

describe("a file of the launch's package", () => {
  it("comes with its exact type, its hash as tag, and headers that keep it where it belongs", async () => {
    const response = await file("index.html?x=1");
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe("<p>page");
    expect(response.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-length": "7",
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "content-security-policy": "frame-ancestors 'self'",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, max-age=3600",
    });
    expect(response.headers.etag).toMatch(/^"[0-9a-f]{64}"$/);
  });

  it("sets no cookie, whatever the browser sends", async () => {
    const response = await file("index.html", { cookie: "session=1" });
    expect(response.headers["set-cookie"]).toBeUndefined();
    expect(response.statusCode).toBe(200);
  });

  it("is streamed when it is large, whole and in ranges", async () => {
    expect((await file("media/film.mp4")).rawPayload.equals(large)).toBe(true);
    const part = await file("media/film.mp4", { range: "bytes=100000-199999" });
    expect(part.statusCode).toBe(206);
    expect(part.headers).toMatchObject({ "content-range": "bytes 100000-199999/300000", "content-length": "100000" });
    expect(part.rawPayload.equals(large.subarray(100_000, 200_000))).toBe(true);
    expect((await file("media/film.mp4", { range: "bytes=-10" })).rawPayload.equals(large.subarray(-10))).toBe(true);
    expect((await file("index.html", { range: "bytes=3-" })).body).toBe("page");
  });

  it("is whole when several ranges are asked for, and refused when none can be met", async () => {
    expect((await file("media/film.mp4", { range: "bytes=0-1,5-6" })).statusCode).toBe(200);
    const beyond = await file("media/film.mp4", { range: "bytes=300000-" });
    expect(beyond.statusCode).toBe(416);
    expect(beyond.headers["content-range"]).toBe("bytes */300000");
  });

  it("is not sent again to a browser that has it, and a range of it only when it is the same", async () => {
    const { etag } = (await file("media/film.mp4")).headers;
    const same = await file("media/film.mp4", { "if-none-match": `"other", W/${etag}` });
    expect([same.statusCode, same.body]).toEqual([304, ""]);
    const range = "bytes=0-9";
    expect((await file("media/film.mp4", { range, "if-range": String(etag) })).statusCode).toBe(206);
    expect((await file("media/film.mp4", { range, "if-range": '"other"' })).statusCode).toBe(200);
  });

  it("answers HEAD with the same headers and no body", async () => {
    for (const path of ["index.html", "media/film.mp4", "empty.txt"]) {
      const head = await fake.server.inject({ method: "HEAD", url: `${base}/c/${path}` });
      const { headers } = await file(path);
      expect([head.statusCode, head.body]).toEqual([200, ""]);
      for (const name of ["content-length", "content-type", "etag"]) expect(head.headers[name]).toBe(headers[name]);
    }
  });

  it("answers no other method", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const) {
      const response = await fake.server.inject({ method, url: `${base}/c/index.html`, payload: "x" });
      expect([response.statusCode, response.headers.allow]).toEqual([405, "GET, HEAD"]);
    }
  });

  it("is not found when the package has none; folders have neither list nor index", async () => {
    for (const path of ["absent.html", "", "media", "media/"]) {
      const response = await file(path);
      expect([response.statusCode, response.headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
    }
  });

  it("reaches the content service as the browser wrote its address, UTF-8 or not", async () => {
    await file("a%20b/caf%C3%A9.html?q=%20");
    await file("caf%E9.html");
    expect(fake.asked).toEqual(expect.arrayContaining(["resolveFile a%20b/caf%C3%A9.html", "resolveFile caf%E9.html"]));
  });
});

describe("what is remembered", () => {
  it("spares the services: one question for a launch, one for a file, also for an absent one", async () => {
    for (const path of ["index.html", "index.html", "absent.html", "absent.html"]) await file(path);
    expect(fake.asked).toEqual(["resolveLaunch", "resolveFile index.html", "resolveFile absent.html"]);
  });

  it("lasts no longer than the runtime service allows", async () => {
    fake.maxAgeSeconds = 0;
    await file("index.html");
    fake.failure = launchOver("REVOKED");
    expect((await file("index.html")).statusCode).toBe(410);
  });

  it("is forgotten when the package is deleted", async () => {
    await file("index.html");
    await fake.deps.bus.publish(
      create(EventEnvelopeSchema, {
        id: "1",
        type: PackageDeletedSchema.typeName,
        payload: create(AnySchema, anyPack(PackageDeletedSchema, create(PackageDeletedSchema, { packageId: PACKAGE }))),
      }),
    );
    await file("index.html");
    expect(fake.asked.filter((it) => it === "resolveFile index.html")).toHaveLength(2);
  });

  it("does not make up for bytes that are gone", async () => {
    const { etag } = (await file("media/film.mp4")).headers;
    await fake.deps.blobs.delete(String(etag).slice(1, -1));
    expect((await file("media/film.mp4")).statusCode).toBe(404);
    expect((await fake.server.inject({ method: "HEAD", url: `${base}/c/media/film.mp4` })).statusCode).toBe(404);
  });
});

describe("the page of a launch", () => {
  it("is the player, which is never kept and runs only our scripts", async () => {
    const response = await get(`${base}/`);
    expect([response.statusCode, response.body]).toEqual([200, "<title>The player</title>"]);
    expect(response.headers["cache-control"]).toBe("no-store");
    expect(response.headers["content-security-policy"]).toContain("script-src 'self'");
    expect(response.headers["content-security-policy"]).toContain("frame-ancestors 'self'");
    expect((await get(base)).headers.location).toBe(`${base}/`);
  });

  it("tells people in words when the link is unknown, over or cannot be opened now", async () => {
    for (const [failure, status, words] of [
      [launchNotFound(), 404, "We don&#39;t know|We don't know"],
      [launchOver("EXPIRED"), 410, "has ended"],
      [launchOver("REVOKED"), 410, "has ended"],
      [unavailable("runtime"), 503, "right now"],
      [new Error("secret detail"), 500, "right now"],
    ] as const) {
      fake.failure = failure as typeof fake.failure;
      const response = await get(`${base}/`);
      expect(response.statusCode).toBe(status);
      expect(response.body).toMatch(new RegExp(words));
      expect(response.body).not.toMatch(/secret|at .*\.ts/);
      expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
    }
    fake.failure = launchOver("EXPIRED");
    expect((await get(`${base}/`, { "accept-language": "de-AT,de;q=0.9" })).body).toContain('lang="de"');
  });

  it("leaves it to the player to explain a launch that the learner ended or that another one took over", async () => {
    for (const end of ["EXIT", "SUPERSEDED"]) {
      fake.failure = launchOver(end);
      expect((await get(`${base}/`)).body).toContain("The player");
    }
  });

  it("asks nobody about what cannot be a token", async () => {
    for (const token of ["short", `${"x".repeat(30)}.`, "x".repeat(300), "%00".repeat(10)])
      expect((await get(`/l/${token}/`)).statusCode).toBe(404);
    expect((await get("/l/short/c/index.html")).statusCode).toBe(404);
    expect(fake.asked).toEqual([]);
  });

  it("may be framed by those who are named", async () => {
    const other = await fakeLaunches(files, { frameAncestors: "https://lms.example" });
    const policies = await Promise.all(
      ["/", "/c/index.html"].map(
        async (path) => (await other.server.inject(`${base}${path}`)).headers["content-security-policy"],
      ),
    );
    for (const policy of policies) expect(policy).toContain("frame-ancestors https://lms.example");
    await other.stop();
  });

  it("may be framed by those whom its launch names, and by nobody who writes a directive of their own", async () => {
    const other = await fakeLaunches(files, { frameAncestors: "https://lms.example" });
    other.frameAncestors = ["https://app.example", "https://*.customer.example", "x; script-src *"];
    for (const path of ["/", "/c/index.html"]) {
      const policy = String((await other.server.inject(`${base}${path}`)).headers["content-security-policy"]);
      const named = policy.split("; ").find((directive) => directive.startsWith("frame-ancestors"));
      expect(named).toBe("frame-ancestors 'self' https://app.example https://*.customer.example");
    }
    await other.stop();
  });
});

describe("an origin for each course version", () => {
  it("serves a launch only on the host of its version", async () => {
    const other = await fakeLaunches(files, { contentUrl: "http://{version}.localhost:3001" });
    const label = VERSION.replaceAll("-", "");
    const ask = (host: string, url: string, method: "GET" | "POST" = "GET") =>
      other.server.inject({ method, url: `${base}${url}`, headers: { host } });
    expect((await ask(`${label}.localhost:3001`, "/c/index.html")).statusCode).toBe(200);
    expect((await ask(`${label.toUpperCase()}.localhost`, "/")).statusCode).toBe(200);
    expect((await ask("another.localhost:3001", "/c/index.html")).statusCode).toBe(404);
    expect((await ask("another.localhost:3001", "/api/open", "POST")).statusCode).toBe(404);
    const moved = await ask("localhost:3001", "/");
    expect([moved.statusCode, moved.headers.location]).toEqual([302, `http://${label}.localhost:3001${base}/`]);
    await other.stop();
  });
});

it("serves the player's own files for a year, and nothing around them", async () => {
  const playerAssets = await mkdtemp(join(tmpdir(), "coursemesh-test-player-"));
  await mkdir(join(playerAssets, "assets"));
  await writeFile(join(playerAssets, "assets", "player-1a2b.js"), "run()");
  const other = await fakeLaunches(files, { playerAssets });
  const asset = await other.server.inject("/_player/assets/player-1a2b.js");
  expect([asset.statusCode, asset.body]).toEqual([200, "run()"]);
  expect(asset.headers["cache-control"]).toContain("immutable");
  expect(asset.headers["x-content-type-options"]).toBe("nosniff");
  for (const path of ["/_player/", "/_player/assets/", "/_player/%2e%2e/secret", "/_player/absent.js"])
    expect((await other.server.inject(path)).statusCode).toBeGreaterThanOrEqual(400);
  await other.stop();
  await rm(playerAssets, { recursive: true });
});
