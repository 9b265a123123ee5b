import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { ALL_PERMISSIONS } from "@coursemesh/platform/auth/permissions.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallerKind, CallerSchema, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { PipeService, type UpdatePipeRequest } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import {
  type QueryStatementsRequest,
  StatementService,
  XapiVersion,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { describe, expect, it } from "vitest";
import { callRpc, type FakeService, fake, testBff } from "../../testing/test-bff.ts";

const owner = create(CallerSchema, {
  kind: CallerKind.PERSON,
  id: "p1",
  organizationId: "o1",
  permissions: [...ALL_PERMISSIONS],
});
const reader = create(CallerSchema, {
  ...owner,
  id: "p2",
  permissions: [Permission.STATEMENT_READ, Permission.STATEMENT_READMINE],
});
const callers = { "Bearer owner": owner, "Bearer reader": reader };
const id = "01960000-0000-7000-8000-000000000001";
const registration = "01960000-0000-7000-8000-000000000002";

async function call(fakes: readonly FakeService[], method: string, body: object, as = "owner") {
  const bff = await testBff({ fakes, callers, env: { PUBLIC_URL: "https://learn.example.org/" } });
  const answer = await callRpc(bff, method, body, { authorization: `Bearer ${as}` });
  await bff.stop();
  return answer;
}

const jsonOf = (statement: object) => Buffer.from(JSON.stringify(statement));

describe("the list of statements", () => {
  it("passes filters on, and says where the store is", async () => {
    let asked: QueryStatementsRequest | undefined;
    const store = fake(StatementService, {
      queryStatements: (request) => {
        asked = request;
        return { statements: [{ id, json: jsonOf({ id }) }], moreToken: "more" };
      },
    });
    const filter = { verb: "http://v/1", since: "1790000000000", relatedAgents: true };
    const { body } = await call([store], "StatementViewService/ListStatements", { filter, pageSize: 50 });
    expect(body).toMatchObject({
      statements: [{ id, json: `{"id":"${id}"}` }],
      moreToken: "more",
      endpoint: "https://learn.example.org/xapi",
    });
    expect(asked).toMatchObject({
      limit: 50,
      filter: { verb: "http://v/1", relatedAgents: true, since: { seconds: 1790000000n } },
    });
    expect(asked?.filter?.until).toBeUndefined();
  });
});

describe("one statement", () => {
  const voided = fake(StatementService, {
    getStatement: ({ by }) => {
      if (by.case === "voidedStatementId")
        return { statement: { id, voided: true, json: jsonOf({ context: { registration } }) } };
      throw serviceError(Code.NotFound, "STATEMENT_NOT_FOUND", "no such statement");
    },
  });
  const runtime = fake(RegistrationService, {
    getRegistration: () => ({ registration: { id: registration, learner: { id: "l1", lastName: "Lee" } } }),
  });
  const elsewhere = fake(RegistrationService, {
    getRegistration: () => {
      throw serviceError(Code.NotFound, "REGISTRATION_NOT_FOUND", "no such registration");
    },
  });

  it("is found when it is voided, with the registration of ours that it names", async () => {
    const { body } = await call([voided, runtime], "StatementViewService/GetStatement", { id });
    expect(body).toMatchObject({
      statement: { id, voided: true },
      registration: { id: registration, learnerName: "Lee" },
    });
  });

  it("names no registration of another system, and none that the viewer may not see", async () => {
    const ofOthers = await call([voided, elsewhere], "StatementViewService/GetStatement", { id });
    expect([ofOthers.status, ofOthers.body.registration]).toEqual([200, undefined]);
    const unseen = await call([voided, runtime], "StatementViewService/GetStatement", { id }, "reader");
    expect([unseen.status, unseen.body.registration]).toEqual([200, undefined]);
  });

  it("is voided by administrators of the store only", async () => {
    const { status } = await call([voided], "StatementViewService/VoidStatement", { id }, "reader");
    expect(status).toBe(403);
  });
});

describe("the connection", () => {
  const about = fake(AboutService, { getAbout: () => ({ versions: ["1.0.3", "2.0.0"] }) });
  const keys = fake(ApiKeyService, {
    listApiKeys: () => ({
      apiKeys: [
        { id: "k1", name: "Tool", scopes: [Permission.STATEMENT_WRITE, Permission.COURSE_READ] },
        { id: "k2", name: "HR", scopes: [Permission.COURSE_READ] },
      ],
    }),
  });
  const limits = fake(CredentialLimitService, {
    listCredentialLimits: () => ({
      credentialLimits: [{ apiKeyId: "k1", requestsPerMinute: 60, defaultVersion: XapiVersion.V1_0_3 }],
    }),
  });

  it("lists the keys that may use the store, with their limits", async () => {
    const { body } = await call([about, keys, limits], "LrsConnectionViewService/GetConnection", {});
    expect(body).toMatchObject({ endpoint: "https://learn.example.org/xapi", versions: ["1.0.3", "2.0.0"] });
    expect(body.keys).toMatchObject([
      { id: "k1", scopes: ["statement:write"], limit: { requestsPerMinute: 60, defaultVersion: "1.0.3" } },
    ]);
  });

  it("shows the address alone to who may see neither", async () => {
    const { status, body } = await call([about, keys, limits], "LrsConnectionViewService/GetConnection", {}, "reader");
    expect([status, body.endpoint, body.keys, body.keysVisible]).toEqual([
      200,
      "https://learn.example.org/xapi",
      undefined,
      undefined,
    ]);
  });

  it("refuses a version that is none", async () => {
    const limit = { defaultVersion: "3.0" };
    const { status } = await call([limits], "LrsConnectionViewService/SetKeyLimit", { keyId: "k1", limit });
    expect(status).toBe(400);
  });
});

describe("a pipe", () => {
  it("keeps its password unless another is given", async () => {
    const asked: UpdatePipeRequest[] = [];
    const pipes = fake(PipeService, {
      updatePipe: (request) => {
        asked.push(request);
        return { pipe: { id } };
      },
    });
    const draft = { name: "Warehouse", targetUrl: "https://lrs.example.org/xapi", version: "1.0.3" };
    await call([pipes], "PipeViewService/UpdatePipe", { id, draft });
    await call([pipes], "PipeViewService/UpdatePipe", { id, draft, password: "new" });
    expect(asked.map((request) => request.updateMask?.paths.includes("password"))).toEqual([false, true]);
    expect(asked[1]?.pipe).toMatchObject({ name: "Warehouse", version: XapiVersion.V1_0_3, password: "new" });
  });
});
