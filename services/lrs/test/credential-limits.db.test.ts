import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import {
  type CredentialLimit,
  CredentialLimitService,
} from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyCaller, type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";

let lrs: LrsHarness;
let clock = Date.parse("2026-01-01T00:00:00Z");
beforeAll(async () => {
  lrs = await startLrs({ now: () => new Date(clock) });
});
afterAll(() => lrs.stop());

const limits = () => lrs.mesh.clients.of(CredentialLimitService);
const set = async (credentialLimit: Partial<CredentialLimit> & { apiKeyId: string }, caller = owner) => {
  const { $typeName: _, ...fields } = credentialLimit;
  return present((await as(caller, () => limits().setCredentialLimit({ credentialLimit: fields }))).credentialLimit);
};
const get = async (apiKeyId: string, caller = owner) =>
  present((await as(caller, () => limits().getCredentialLimit({ apiKeyId }))).credentialLimit);

describe("limits of an API key", () => {
  it("are the defaults until they are set, and again when they are deleted", async () => {
    expect(await get("a")).toMatchObject({ apiKeyId: "a", batchSize: 0, allowedVerbs: [], etag: "" });
    const fields = {
      apiKeyId: "a",
      requestsPerMinute: 10,
      statementsPerMinute: 20,
      batchSize: 30,
      allowedVerbs: ["https://example.org/did", 'https://example.org/"odd",{verb}'],
      defaultVersion: XapiVersion.V1_0_3,
      authorityJson: '{"mbox":"mailto:authority@example.org"}',
    };
    const made = await set(fields);
    expect(made).toMatchObject(fields);
    expect(await get("a")).toEqual(made);
    expect(await get("a", stranger)).toMatchObject({ batchSize: 0, etag: "" });
    await as(owner, () => limits().deleteCredentialLimit({ apiKeyId: "a" }));
    await as(owner, () => limits().deleteCredentialLimit({ apiKeyId: "a" }));
    expect(await get("a")).toMatchObject({ batchSize: 0, etag: "" });
  });

  it("are replaced only as they were read", async () => {
    const first = await set({ apiKeyId: "b", batchSize: 1 });
    const second = await set({ apiKeyId: "b", batchSize: 2, etag: first.etag });
    expect(await failure(set({ apiKeyId: "b", batchSize: 3, etag: first.etag }))).toEqual({
      reason: "ETAG_MISMATCH",
      metadata: { etag: second.etag },
    });
    expect((await failure(set({ apiKeyId: "none", etag: first.etag }))).reason).toBe("ETAG_MISMATCH");
    expect((await failure(set({ apiKeyId: "b", authorityJson: '{"name":"x"}' }))).reason).toBe("AGENT_INVALID");
    expect((await get("b")).batchSize).toBe(2);
  });

  it("are listed by key, an organization's own", async () => {
    for (const apiKeyId of ["l3", "l1", "l2"]) await set({ apiKeyId, batchSize: 1 });
    await set({ apiKeyId: "theirs", batchSize: 1 }, stranger);
    const list = (pageToken = "") =>
      as(owner, () => limits().listCredentialLimits({ page: { pageSize: 3, pageToken } }));
    const first = await list();
    const second = await list(first.page?.nextPageToken);
    const ids = [...first.credentialLimits, ...second.credentialLimits].map(({ apiKeyId }) => apiKeyId);
    expect(ids).toEqual(["b", "l1", "l2", "l3"]);
  });
});

describe("a key with limits", () => {
  const did = "https://example.org/did";
  const store = async (apiKeyId: string, verbs: readonly string[]) => {
    const statements = verbs.map((id) => ({
      json: Buffer.from(
        JSON.stringify({
          actor: { mbox: "mailto:ann@example.org" },
          verb: { id },
          object: { id: "https://example.org/thing" },
        }),
      ),
    }));
    const request = { statements, version: XapiVersion.V2_0_0 };
    return (await as(keyCaller(apiKeyId), () => lrs.mesh.clients.of(StatementService).storeStatements(request))).ids;
  };

  it("stores no other verbs and no larger batches", async () => {
    await set({ apiKeyId: "v", allowedVerbs: [did], batchSize: 2 });
    await store("v", [did, did]);
    const other = "https://example.org/other";
    expect(await failure(store("v", [did, other]))).toEqual({ reason: "VERB_NOT_ALLOWED", metadata: { verb: other } });
    expect(await failure(store("v", [did, did, did]))).toEqual({
      reason: "BATCH_TOO_LARGE",
      metadata: { max_size: "2" },
    });
    await store("unlimited", [other, other, other]);
    await as(owner, () => limits().deleteCredentialLimit({ apiKeyId: "v" }));
    await store("v", [other]);
  });

  it("stores only so many statements a minute, and is told when to come again", async () => {
    await set({ apiKeyId: "m", statementsPerMinute: 6 });
    await store("m", [did, did, did, did]);
    const refused = { reason: "OVERLOADED", metadata: { retry_after_seconds: "10" } };
    expect(await failure(store("m", [did, did, did]))).toEqual(refused);
    await store("m", [did, did]);
    expect(await failure(store("m", [did]))).toEqual(refused);
    clock += 10_000;
    await store("m", [did]);
    clock += 60_000;
    await store("m", Array(8).fill(did));
    clock += 60_000;
    expect((await failure(store("m", Array(6).fill(did)))).metadata).toEqual({ retry_after_seconds: "20" });
  });

  it("signs with the authority that was set for it", async () => {
    await set({ apiKeyId: "s", authorityJson: '{"mbox":"mailto:authority@example.org","name":"Ours"}' });
    const [statementId = ""] = await store("s", [did]);
    const { statement } = await as(owner, () =>
      lrs.mesh.clients.of(StatementService).getStatement({ by: { case: "statementId", value: statementId } }),
    );
    expect(JSON.parse(Buffer.from(present(statement).json).toString()).authority).toMatchObject({
      mbox: "mailto:authority@example.org",
    });
  });
});
