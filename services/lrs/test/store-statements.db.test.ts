import { createHash, generateKeyPairSync, randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { StatementFormat, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { CompactSign } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keyCaller, type LrsHarness, owner, startLrs } from "./lrs-harness.ts";
import { agent, iri, type Json, jsonOf, type StatementCalls, statement, statementCalls } from "./statement-calls.ts";

let lrs: LrsHarness;
let calls: StatementCalls;
beforeAll(async () => {
  lrs = await startLrs();
  calls = statementCalls(lrs);
});
afterAll(() => lrs.stop());

const storeText = (json: string, id = "") =>
  as(owner, () =>
    calls.service.storeStatements({ version: XapiVersion.V1_0_3, statements: [{ json: Buffer.from(json), id }] }),
  );

it("keeps a statement as it was written and completes it (XAPI-00021, XAPI-00022, XAPI-00023)", async () => {
  const id = randomUUID();
  const result =
    '"result" : { "score":{"raw":1.0, "scaled":0.50},"extensions":{"http://x.org/a":12345678901234567890} }';
  const text = `{"authority":{"mbox":"mailto:liar@example.org"}, "actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://x.org/v"},"object":{"id":"http://x.org/o"}, ${result},"stored":"2001-01-01T00:00:00Z"}`;
  await storeText(text, id);
  const { statement: found } = await calls.get(id);
  const json = Buffer.from(present(found).json).toString();
  expect(json).toContain(result);
  const { stored, timestamp, authority, version } = jsonOf(found);
  expect(timestamp).toBe(stored);
  expect(stored).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(version).toBe("1.0.0");
  expect(authority).toEqual({
    objectType: "Agent",
    account: { homePage: `http://127.0.0.1:3000/organizations/${owner.organizationId}`, name: `person:${owner.id}` },
  });
  expect(new Date(String(stored)).getTime()).toBe(
    Math.floor(Number(present(found?.stored).seconds) * 1000 + present(found?.stored).nanos / 1e6),
  );
});

it("takes a statement again that means the same, and refuses another under its id (XAPI-00029)", async () => {
  const first = statement({ result: { duration: "PT1.123S" } });
  await calls.store([first]);
  const again = await calls.store([{ ...first, result: { duration: "PT1.129S" } }]);
  expect(again.known).toBe(1);
  expect(await failure(calls.store([{ ...first, verb: { id: iri("other") } }]))).toEqual({
    reason: "STATEMENT_CONFLICT",
    metadata: { statement_id: first.id },
  });
});

it("stores all of a batch or nothing", async () => {
  const [kept, fresh] = [statement(), statement()];
  await calls.store([kept]);
  const conflict = await failure(calls.store([fresh, { ...kept, actor: agent("bob") }]));
  expect(conflict.reason).toBe("STATEMENT_CONFLICT");
  const broken = await failure(calls.store([fresh, { ...statement(), verb: {} }]));
  expect(broken).toMatchObject({ reason: "STATEMENT_INVALID", metadata: { index: "1", path: "$.verb" } });
  expect((await failure(calls.store([fresh, fresh]))).reason).toBe("STATEMENT_ID_REPEATED");
  expect((await failure(calls.get(String(fresh.id)))).reason).toBe("STATEMENT_NOT_FOUND");
});

it("gives ids to statements without, in the order of the batch", async () => {
  const { ids } = await calls.store(
    [1, 2, 3].map((n) => statement({ id: undefined, object: { id: iri(`order/${n}`) } })),
  );
  const objects = await Promise.all(ids.map(async (id) => jsonOf((await calls.get(id)).statement).object));
  expect(objects).toEqual([1, 2, 3].map((n) => ({ id: iri(`order/${n}`) })));
});

it("refuses an id that is not the request's, repeated keys and what is no UTF-8", async () => {
  const reasons = [
    storeText(JSON.stringify(statement()), randomUUID()),
    storeText('{"actor":1,"actor":2}'),
    as(owner, () =>
      calls.service.storeStatements({ version: 1, statements: [{ json: Buffer.from([0x22, 0xff, 0x22]) }] }),
    ),
  ];
  for (const call of reasons) expect((await failure(call)).reason).toBe("STATEMENT_INVALID");
});

it("keeps what it hears of activities, agents and verbs, merged", async () => {
  const id = iri("described");
  const tell = (definition: Json) =>
    calls.store([statement({ object: { id, definition }, actor: { ...agent("dora"), name: "Dora" } })]);
  await tell({ name: { en: "One" } });
  await tell({ name: { de: "Eins" }, type: iri("type") });
  await tell({ name: { en: "One" } });
  const known = await lrs.sql<{ definition: string; version: number }>(
    "select definition, version from activity where iri = $1",
    [id],
  );
  expect(known.map((row) => [JSON.parse(row.definition), row.version])).toEqual([
    [{ name: { en: "One", de: "Eins" }, type: iri("type") }, 2],
  ]);
  await calls.store([statement({ actor: { ...agent("dora"), name: "Dora B." } })]);
  const names = await lrs.sql("select name, names from agent where identifier = 'mbox::mailto:dora@example.org'");
  expect(names).toEqual([{ name: "Dora B.", names: ["Dora", "Dora B."] }]);
});

it("writes statements with the known definition in one language, or with identifiers alone", async () => {
  const id = iri("canonical");
  await calls.store([statement({ object: { id, definition: { name: { en: "One", de: "Eins" } } } })]);
  const plain = statement({ object: { id }, actor: { ...agent("ann"), name: "Ann" } });
  await calls.store([plain]);
  const get = (format: StatementFormat) =>
    as(owner, async () => {
      const by = { case: "statementId", value: String(plain.id) } as const;
      return jsonOf((await calls.service.getStatement({ by, format, acceptLanguage: "de" })).statement);
    });
  expect((await get(StatementFormat.CANONICAL)).object).toEqual({ id, definition: { name: { de: "Eins" } } });
  expect((await get(StatementFormat.IDS)).actor).toEqual(agent("ann"));
});

it("takes attachments along, every time, and hands them out (XAPI-00128, XAPI-00129)", async () => {
  const content = Buffer.from("hello");
  const sha2 = createHash("sha256").update(content).digest("hex");
  const attachments = [{ usageType: iri("usage"), display: { en: "a" }, contentType: "text/plain", length: 5, sha2 }];
  const named = statement({ attachments });
  expect((await failure(calls.store([named]))).reason).toBe("ATTACHMENT_MISSING");
  const sent = { attachments: [{ sha2, contentType: "text/plain", content }] };
  expect((await failure(calls.store([statement()], sent))).reason).toBe("STATEMENT_INVALID");
  const lying = { attachments: [{ ...sent.attachments[0], content: Buffer.from("other") }] };
  expect((await failure(calls.store([named], lying))).reason).toBe("ATTACHMENT_HASH_MISMATCH");
  await calls.store([named], sent);
  expect((await failure(calls.store([statement({ attachments })]))).reason).toBe("ATTACHMENT_MISSING");
  const { statements, attachments: got } = await calls.query({ withAttachments: true, limit: 1 });
  expect(statements[0]?.attachmentHashes).toEqual([sha2]);
  expect(got.map((it) => Buffer.from(it.content).toString())).toEqual(["hello"]);
});

it("takes signed statements whose signature is theirs, with or without a certificate (XAPI-00113 to XAPI-00120)", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const sign = async (payload: Json, alg: string, key: Parameters<CompactSign["sign"]>[0] = privateKey) =>
    Buffer.from(await new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg }).sign(key));
  const signed = (original: Json, content: Buffer) => {
    const sha2 = createHash("sha256").update(content).digest("hex");
    const contentType = "application/octet-stream";
    const usageType = "http://adlnet.gov/expapi/attachments/signature";
    const attachment = { usageType, display: { en: "signature" }, contentType, length: content.length, sha2 };
    return calls.store([{ ...original, attachments: [attachment] }], { attachments: [{ sha2, contentType, content }] });
  };
  const original = statement({ result: { duration: "P1DT12H36M0.1237S" } });
  const written = { ...original, result: { duration: "P1DT12H36M0.12S" } };
  expect((await signed(original, await sign(written, "RS256"))).ids).toEqual([original.id]);
  const other = statement();
  expect((await failure(signed(other, await sign(original, "RS512")))).reason).toBe("SIGNATURE_INVALID");
  const again = { ...original, id: randomUUID() };
  expect((await failure(signed(again, await sign(original, "RS256")))).reason).toBe("SIGNATURE_INVALID");
  expect((await failure(signed(other, Buffer.from("x.y.z")))).reason).toBe("SIGNATURE_INVALID");
  const hmac = await sign(other, "HS256", Buffer.alloc(32, 1));
  expect((await failure(signed(other, hmac))).metadata.description).toContain("HS256");
});

it("announces once for a group and caller what was stored", async () => {
  const key = keyCaller("announcer");
  const { ids } = await statementCalls(lrs, key).store([statement(), statement()]);
  const events = await lrs.sql<{ payload: Buffer }>(
    "select payload from outbox where type = 'coursemesh.lrs.v1.StatementsStored'",
  );
  const { fromBinary } = await import("@bufbuild/protobuf");
  const { StatementsStoredSchema } = await import("@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts");
  const told = events
    .map(({ payload }) => fromBinary(StatementsStoredSchema, payload))
    .filter((it) => it.callerId === "announcer");
  expect(told.map((it) => it.statements.map(({ id }) => id))).toEqual([ids]);
  const { statement: last } = await calls.get(present(ids[1]));
  expect(told[0]?.stored).toEqual(last?.stored);
});
