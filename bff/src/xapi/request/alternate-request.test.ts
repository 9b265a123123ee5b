import { randomUUID } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Bff } from "../../app.ts";
import { fakeLrs } from "../../testing/fake-lrs.ts";
import { testBff } from "../../testing/test-bff.ts";

const lrs = fakeLrs();
let bff: Bff;
beforeAll(async () => {
  const key = { kind: CallerKind.API_KEY, id: "k", organizationId: "o" };
  bff = await testBff({
    fakes: lrs.services,
    callers: {
      "Basic all": create(CallerSchema, { ...key, permissions: [...ALL_PERMISSIONS] }),
      "Basic writer": create(CallerSchema, { ...key, permissions: [Permission.STATEMENT_WRITE] }),
    },
  });
});
beforeEach(() => lrs.reset());
afterAll(() => bff.stop());

const id = randomUUID();
const content = JSON.stringify({ id });
const credentials = { Authorization: "Basic all", "X-Experience-API-Version": "1.0.3" };

async function form(query: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await bff.web.inject({
    method: "POST",
    url: `/xapi/${query}`,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

it("XAPI-00336: takes method, headers, parameters and body from a form", async () => {
  const put = await form("statements?method=PUT", { ...credentials, statementId: id, content });
  expect([put.status, put.headers["x-experience-api-version"]]).toEqual([204, "1.0.3"]);
  expect(Buffer.from(lrs.stored[0]?.statements[0]?.json ?? []).toString()).toBe(content);
  const get = await form("statements?method=GET", { ...credentials, statementId: id });
  expect([get.status, JSON.parse(get.body)]).toEqual([200, { id }]);
  const head = await form("statements?method=HEAD", { ...credentials, statementId: id });
  expect([head.status, head.body]).toEqual([200, ""]);
});

it("XAPI-00336: takes If-None-Match and Content-Type from the form", async () => {
  const path = "activities/state?method=PUT";
  const fields = {
    ...credentials,
    activityId: "a:b",
    agent: "{}",
    stateId: "s",
    content: "plain",
    "Content-Type": "text/plain",
  };
  expect((await form(path, { ...fields, "If-None-Match": "*" })).status).toBe(204);
  expect((await form(path, { ...fields, "If-None-Match": "*" })).status).toBe(412);
  const got = await form("activities/state?method=GET", {
    ...credentials,
    activityId: "a:b",
    agent: "{}",
    stateId: "s",
  });
  expect([got.status, got.headers["content-type"], got.body]).toEqual([200, "text/plain", "plain"]);
});

it("XAPI-00148: takes credentials and version from the headers, too", async () => {
  const answer = await form(
    "statements?method=GET",
    { limit: "1" },
    {
      authorization: "Basic all",
      "x-experience-api-version": "1.0.3",
    },
  );
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { statements: [], more: "" }]);
});

it.each([
  ["a parameter beside method", "statements?method=PUT&statementId=x", { content }, 400],
  ["an unknown method", "statements?method=PATCH", { content }, 400],
  ["no content", "statements?method=PUT", { statementId: id }, 400],
  ["a body that is no form", "statements?method=PUT", { [content]: "" }, 400],
  ["an unknown parameter", "statements?method=GET", { foo: "1" }, 400],
  ["an old version", "statements?method=GET", { "X-Experience-API-Version": "0.8" }, 400],
  ["version 2.0", "statements?method=GET", { "X-Experience-API-Version": "2.0.0" }, 400],
  ["wrong credentials", "statements?method=GET", { Authorization: "Basic wrong" }, 401],
  ["credentials that may not", "statements?method=GET", { Authorization: "Basic writer" }, 403],
  ["a method the resource lacks", "agents?method=DELETE", { agent: "{}" }, 405],
])("XAPI-00336: refuses a form with %s", async (_, query, fields, status) => {
  expect((await form(query, { ...credentials, ...fields })).status).toBe(status);
  expect(lrs.stored).toEqual([]);
});

it("refuses the syntax in version 2.0, even when only a header names it", async () => {
  const headers = { authorization: "Basic all", "x-experience-api-version": "2.0.0" };
  expect((await form("statements?method=GET", {}, headers)).status).toBe(400);
});
