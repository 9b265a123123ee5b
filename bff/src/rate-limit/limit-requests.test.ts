import { create } from "@bufbuild/protobuf";
import { CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { OrganizationService, SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { describe, expect, it } from "vitest";
import { fake, testBff } from "../testing/test-bff.ts";

const organizations = fake(OrganizationService, {
  getOrganization: () => ({ organization: { subscription: { plan: SubscriptionPlan.FREE } } }),
});
const keys = fake(ApiKeyService, { getApiKey: ({ id }) => ({ apiKey: { rateLimitPerHour: id === "own" ? 1 : 0 } }) });
const key = (id: string) =>
  create(CallerSchema, { kind: CallerKind.API_KEY, id, organizationId: "01960000-0000-7000-8000-000000000001" });
const callers = { "Basic own": key("own"), "Basic plan": key("plan") };
const env = { RATE_LIMITS: "free=2,anonymous=1" };

describe("the rate limit of the REST API", () => {
  it("is the plan's, told in headers, and ends in 429", async () => {
    const bff = await testBff({ env, fakes: [organizations, keys], callers });
    const get = () => bff.web.inject({ url: "/api/v2/ping", headers: { authorization: "Basic plan" } });
    expect((await get()).headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "1" });
    await get();
    const third = await get();
    expect([third.statusCode, third.headers["x-ratelimit-remaining"]]).toEqual([429, "0"]);
    expect(Number(third.headers["retry-after"])).toBeGreaterThan(3_500);
    await bff.stop();
  });

  it("is the key's own where it has one", async () => {
    const bff = await testBff({ env, fakes: [organizations, keys], callers });
    const { headers } = await bff.web.inject({ url: "/api/v2/ping", headers: { authorization: "Basic own" } });
    expect(headers["x-ratelimit-limit"]).toBe("1");
    await bff.stop();
  });

  it("counts wrong credentials against the address", async () => {
    const bff = await testBff({ env });
    const guess = () => bff.web.inject({ url: "/api/v2/ping", headers: { authorization: "Basic guess" } });
    expect((await guess()).statusCode).toBe(401);
    expect((await guess()).statusCode).toBe(429);
    await bff.stop();
  });

  it("leaves the web API and pages alone", async () => {
    const bff = await testBff({ env });
    for (let call = 0; call < 3; call += 1) expect((await bff.web.inject({ url: "/livez" })).statusCode).toBe(200);
    await bff.stop();
  });

  it("lets calls through when they cannot be counted", async () => {
    const rateLimiter = { take: () => Promise.reject(new Error("no Redis")) };
    const bff = await testBff({ env, fakes: [organizations, keys], callers, deps: { rateLimiter } });
    const answer = await bff.web.inject({ url: "/api/v2/ping", headers: { authorization: "Basic plan" } });
    expect([answer.statusCode, answer.headers["x-ratelimit-limit"]]).toEqual([200, undefined]);
    await bff.stop();
  });
});
