import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import { describe, expect, it } from "vitest";
import type { Bff } from "../../app.ts";
import { callRpc, fake, testBff } from "../../testing/test-bff.ts";

const ada = create(CallerSchema, {
  kind: CallerKind.PERSON,
  id: "p1",
  organizationId: "o1",
  permissions: [Permission.COURSE_READ],
});
const tokensOf = (n: number) => ({
  accessToken: `access-${n}`,
  accessExpireTime: timestampFromMs(Date.now() + 1_800_000),
  refreshToken: `refresh-${n}`,
  refreshExpireTime: timestampFromMs(Date.now() + 600_000_000),
});
const sessions = (ended: string[] = []) =>
  fake(SessionService, {
    createSession: ({ password }) => {
      if (password !== "right") throw serviceError(Code.Unauthenticated, "SIGN_IN_FAILED", "wrong");
      return { tokens: tokensOf(1) };
    },
    refreshSession: ({ refreshToken }) => {
      if (refreshToken !== "refresh-1") throw serviceError(Code.Unauthenticated, "SESSION_ENDED", "over");
      return { tokens: tokensOf(2) };
    },
    endSession: ({ refreshToken }) => {
      ended.push(refreshToken);
      return {};
    },
    getSession: () => ({
      caller: ada,
      person: { id: "p1", name: "Ada", email: "ada@example.org" },
      memberships: [{ organization: { id: "o1", name: "Acme", slug: "acme" }, role: Role.ADMIN }],
    }),
  });
const callers = { "Bearer access-1": ada, "Bearer access-2": ada };
const own = { host: "lms.example", origin: "https://lms.example" };
const service = "SessionViewService";
const reasonOf = (body: Record<string, unknown>) => JSON.stringify(body.details);

async function withBff(run: (bff: Bff) => Promise<void>, ended: string[] = []): Promise<void> {
  const bff = await testBff({ fakes: [sessions(ended)], callers, env: { PUBLIC_URL: "https://lms.example" } });
  await run(bff);
  await bff.stop();
}

describe("signing in", () => {
  it("tells the page who is signed in and keeps the refresh token from it", () =>
    withBff(async (bff) => {
      const { status, body, headers } = await callRpc(bff, `${service}/SignIn`, { email: "a", password: "right" }, own);
      expect(status).toBe(200);
      expect(body.viewer).toMatchObject({
        name: "Ada",
        accessToken: "access-1",
        organization: { slug: "acme", role: "admin" },
        scopes: ["course:read"],
      });
      expect(JSON.stringify(body)).not.toContain("refresh-1");
      const cookie = String(headers["set-cookie"]);
      expect(cookie).toContain("coursemesh_refresh=refresh-1");
      for (const part of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/rpc/coursemesh.web.v1.SessionViewService"])
        expect(cookie).toContain(part);
    }));

  it("keeps the reason when the password is wrong", () =>
    withBff(async (bff) => {
      const { status, body, headers } = await callRpc(bff, `${service}/SignIn`, { email: "a", password: "no" }, own);
      expect([status, body.code]).toEqual([401, "unauthenticated"]);
      expect(reasonOf(body)).toContain("SIGN_IN_FAILED");
      expect(headers["set-cookie"]).toBeUndefined();
    }));

  it("is refused to pages of other sites", () =>
    withBff(async (bff) => {
      const from = { host: "lms.example", origin: "https://evil.example" };
      expect((await callRpc(bff, `${service}/SignIn`, { email: "a", password: "right" }, from)).status).toBe(403);
    }));
});

describe("refreshing", () => {
  it("exchanges the cookie for new tokens", () =>
    withBff(async (bff) => {
      const headers = { ...own, cookie: "x=y; coursemesh_refresh=refresh-1" };
      const answer = await callRpc(bff, `${service}/Refresh`, {}, headers);
      expect(answer.body.viewer).toMatchObject({ accessToken: "access-2" });
      expect(String(answer.headers["set-cookie"])).toContain("coursemesh_refresh=refresh-2");
    }));

  it("works with an access token that has expired", () =>
    withBff(async (bff) => {
      const headers = { ...own, cookie: "coursemesh_refresh=refresh-1", authorization: "Bearer expired" };
      expect((await callRpc(bff, `${service}/Refresh`, {}, headers)).status).toBe(200);
    }));

  it("is refused without an origin, which every browser sends", () =>
    withBff(async (bff) => {
      const headers = { host: "lms.example", cookie: "coursemesh_refresh=refresh-1" };
      expect((await callRpc(bff, `${service}/Refresh`, {}, headers)).status).toBe(403);
    }));

  it("clears the cookie when the session is over", () =>
    withBff(async (bff) => {
      const headers = { ...own, cookie: "coursemesh_refresh=stolen" };
      const answer = await callRpc(bff, `${service}/Refresh`, {}, headers);
      expect(reasonOf(answer.body)).toContain("SESSION_ENDED");
      expect(String(answer.headers["set-cookie"])).toMatch(/coursemesh_refresh=;.*1970/);
    }));

  it("says the session is over when there is no cookie", () =>
    withBff(async (bff) => expect((await callRpc(bff, `${service}/Refresh`, {}, own)).status).toBe(401)));
});

it("signing out ends the session and clears the cookie", async () => {
  const ended: string[] = [];
  await withBff(async (bff) => {
    const headers = { ...own, cookie: "coursemesh_refresh=refresh-1" };
    const answer = await callRpc(bff, `${service}/SignOut`, {}, headers);
    expect(answer.status).toBe(200);
    expect(String(answer.headers["set-cookie"])).toContain("1970");
  }, ended);
  expect(ended).toEqual(["refresh-1"]);
});
