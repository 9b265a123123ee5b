import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessOf } from "@coursemesh/platform/rpc/access.ts";
import { describe, expect, it } from "vitest";
import type { ApiDeps } from "./api-v2/api-deps.ts";
import { apiRoutes } from "./api-v2/api-routes.ts";
import { API_PREFIX } from "./api-v2/api-server.ts";
import { testBff } from "./testing/test-bff.ts";
import { uploadRoutes } from "./uploads/upload-routes.ts";
import { viewServices } from "./web/rpc-routes.ts";

const clients = { of: () => ({}) } as unknown as ApiDeps["clients"];
const api = apiRoutes({ clients } as ApiDeps).map((route) => ({ ...route, url: `${API_PREFIX}${route.path}` }));
const uploads = uploadRoutes(clients).map((route) => ({ ...route, url: `/web${route.path}` }));
const routes = [...api, ...uploads];

describe("without credentials", () => {
  it.each(routes.map((it) => [it.method, it.url] as const))("%s %s answers 401", async (method, url) => {
    const bff = await testBff({});
    const answer = await bff.web.inject({ method, url: url.replace(/:\w+/g, "x") });
    expect(answer.statusCode).toBe(401);
    if (url.startsWith(API_PREFIX)) expect(answer.headers["www-authenticate"]).toMatch(/^Basic /);
    await bff.stop();
  });

  it("an unknown path of the REST API answers 401 too", async () => {
    const bff = await testBff({});
    expect((await bff.web.inject({ url: `${API_PREFIX}/nothing/here` })).statusCode).toBe(401);
    await bff.stop();
  });

  it("every RPC of the web API answers 401 unless its contract lets anyone in", async () => {
    const bff = await testBff({});
    for (const service of viewServices) {
      for (const method of service.methods) {
        if (method.methodKind !== "unary" || accessOf(method).case === "anyone") continue;
        const url = `/rpc/${service.typeName}/${method.name}`;
        const answer = await bff.web.inject({
          method: "POST",
          url,
          headers: { "content-type": "application/json" },
          payload: "{}",
        });
        expect([url, answer.statusCode]).toEqual([url, 401]);
      }
    }
    await bff.stop();
  });
});

it("does not start with a route that declares no access", async () => {
  const bff = await testBff({});
  expect(() => bff.web.get("/backdoor", async () => "in")).toThrow("GET /backdoor declares no access");
  await bff.stop();
});

describe("headers", () => {
  it("keep pages from being framed, sniffed and scripted from elsewhere", async () => {
    const bff = await testBff({});
    const { headers } = await bff.web.inject({ url: "/healthz" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).toMatch(/script-src 'self'(;|$)/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["strict-transport-security"]).toBeUndefined();
    await bff.stop();
  });

  it("ask for https where browsers use https", async () => {
    const bff = await testBff({ env: { PUBLIC_URL: "https://lms.example" } });
    const { headers } = await bff.web.inject({ url: "/healthz" });
    expect(headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
    await bff.stop();
  });

  it("are on RPC answers too", async () => {
    const bff = await testBff({});
    const answer = await bff.web.inject({
      method: "POST",
      url: "/rpc/coursemesh.web.v1.OverviewViewService/GetOverview",
      headers: { "content-type": "application/json" },
      payload: "{}",
    });
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["x-request-id"]).toBeTruthy();
    await bff.stop();
  });
});

describe("health", () => {
  it("is ok while every service answers", async () => {
    const bff = await testBff({});
    const answer = await bff.web.inject({ url: "/healthz" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: "ok", service: "bff", database: "ok", services: { user: "ok" } });
    await bff.stop();
  });

  it("is 503 and names the service that does not", async () => {
    const bff = await testBff({ deps: { health: async () => new Map([["user", false]]) } });
    const answer = await bff.web.inject({ url: "/healthz" });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: "degraded", database: "unavailable" });
    expect((await bff.web.inject({ url: "/livez" })).statusCode).toBe(200);
    await bff.stop();
  });
});

describe("pages", () => {
  const folder = mkdtempSync(join(tmpdir(), "coursemesh-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Coursemesh</title>");
  writeFileSync(join(folder, "assets/index-abc123.js"), "export {};");

  it("are index.html at every path a person may type", async () => {
    const bff = await testBff({ env: { WEB_DIR: folder } });
    for (const url of ["/", "/o/acme/courses?q=1"]) {
      const answer = await bff.web.inject({ url });
      expect([url, answer.statusCode, answer.headers["content-type"]]).toEqual([
        url,
        200,
        expect.stringContaining("html"),
      ]);
      expect(answer.headers["cache-control"]).toBe("no-cache");
    }
    await bff.stop();
  });

  it("keep hashed files for a year and have no page in place of a missing one", async () => {
    const bff = await testBff({ env: { WEB_DIR: folder } });
    const asset = await bff.web.inject({ url: "/assets/index-abc123.js" });
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect((await bff.web.inject({ url: "/assets/index-gone.js" })).statusCode).toBe(404);
    expect((await bff.web.inject({ url: "/rpc/nothing" })).statusCode).toBe(404);
    expect((await bff.web.inject({ method: "POST", url: "/o/acme" })).statusCode).toBe(404);
    await bff.stop();
  });

  it("say how to build the web UI when it is not there", async () => {
    const bff = await testBff({ env: { WEB_DIR: join(folder, "none") } });
    const answer = await bff.web.inject({ url: "/" });
    expect([answer.statusCode, answer.body]).toEqual([404, expect.stringContaining("npm run build")]);
    await bff.stop();
  });
});
