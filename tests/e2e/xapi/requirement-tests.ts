import { createHash, randomUUID } from "node:crypto";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { expect, it } from "vitest";
import { makeKey } from "../../product/organization-keys.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import type { XapiPlace, XapiReply } from "../../product/xapi-client.ts";

const iri = (name: string): string => `https://example.com/${name}`;
const actor = { mbox: "mailto:ana@example.com" };
const statement = (fields: object = {}): { id: string } & Record<string, unknown> => ({
  id: randomUUID(),
  actor,
  verb: { id: iri("verbs/did") },
  object: { id: iri("activities/one") },
  ...fields,
});
const etagOf = (text: string): string => `"${createHash("sha1").update(text).digest("hex")}"`;

/** ADL's requirements that need HTTP, the rules and the store together; each test names those it keeps. */
export function requirementTests(place: () => XapiPlace): void {
  const call: XapiPlace["call"] = (...args) => place().call(...args);
  const store = (body: unknown, version = "2.0.0"): Promise<XapiReply> => call("POST", "statements", { version, body });
  const get = (query: Record<string, string>, headers: Record<string, string> = {}): Promise<XapiReply> =>
    call("GET", "statements", { query, headers });

  it.each([
    "1.0.3",
    "2.0.0",
  ])("XAPI-00146, XAPI-00156, XAPI-00333: stores and answers a statement of %s", async (version) => {
    const sent = statement({ result: { score: { scaled: 0.5 } }, timestamp: "2026-11-20T10:00:00.1234Z" });
    expect((await store(sent, version)).json()).toEqual([sent.id]);
    const got = await call("GET", "statements", { version, query: { statementId: sent.id } });
    expect(got.headers.get("x-experience-api-version")).toBe(version);
    const { stored, authority, version: _, ...rest } = got.json();
    expect(rest).toEqual(sent);
    expect(authority.account.name).toBe(place().product.apiKey.id);
    expect(Date.parse(got.headers.get("last-modified") ?? "")).toBe(Math.floor(Date.parse(stored) / 1000) * 1000);
    const through = Date.parse(got.headers.get("x-experience-api-consistent-through") ?? "");
    expect(through).toBeGreaterThanOrEqual(Math.floor(Date.parse(stored)));
  });

  it("XAPI-00015: keeps every character, number and unknown digit as it came", async () => {
    const id = randomUUID();
    const extension = `{"${iri("x")}": {"n": 1.50, "big": 12345678901234567890, "text": "ü \\u00fc \u2028 😀"}}`;
    const json = JSON.stringify(statement({ id, result: { extensions: 0 } })).replace(
      '{"extensions":0}',
      `{"extensions":${extension}}`,
    );
    expect((await store(json)).status).toBe(200);
    const { text } = await get({ statementId: id });
    expect(text).toContain(extension);
  });

  it.each([
    ["XAPI-00022", statement({ verb: { id: "no IRI" } }), "$.verb.id"],
    ["", statement({ surprise: 1 }), "$.surprise"],
    ["", [statement(), statement({ actor: { mbox: "ana" } })], "$.actor.mbox"],
    ["", '{"id": 1', "$"],
    ["", `{"actor":{},"actor":{}}`, ""],
  ])("refuses a statement against the rules and says where (%s)", async (_, body, path) => {
    const answer = await store(body);
    const { error } = answer.json();
    expect([answer.status, error.reason]).toEqual([400, "STATEMENT_INVALID"]);
    if (path) expect(error.path).toBe(path);
    if (Array.isArray(body)) expect(error.index).toBe(1);
    expect(error.requirement).toBeTruthy();
  });

  it("XAPI-00326, XAPI-00182: stores a batch whole or not at all", async () => {
    const good = statement();
    expect((await store([good, statement({ verb: {} })])).status).toBe(400);
    expect((await store([good, { ...good }])).status).toBe(400);
    expect((await get({ statementId: good.id })).status).toBe(404);
    expect((await store([])).json()).toEqual([]);
  });

  it("XAPI-00142, XAPI-00143: keeps the first statement of an id", async () => {
    const first = statement();
    const put = (body: object) => call("PUT", "statements", { query: { statementId: first.id }, body });
    expect((await put(first)).status).toBe(204);
    expect((await put(first)).status).toBe(204);
    expect((await put({ ...first, verb: { id: iri("verbs/other") } })).status).toBe(409);
    expect((await put(statement())).status).toBe(400);
    expect((await get({ statementId: first.id })).json().verb).toEqual(first.verb);
  });

  it("XAPI-00155, XAPI-00162, XAPI-00163: shows a voided statement to those who ask for a voided one", async () => {
    const voided = statement();
    const object = { objectType: "StatementRef", id: voided.id };
    const voiding = statement({ verb: { id: "http://adlnet.gov/expapi/verbs/voided" }, object });
    await store([voided, voiding]);
    expect((await get({ statementId: voided.id })).status).toBe(404);
    expect((await get({ voidedStatementId: voided.id })).json().id).toBe(voided.id);
    expect((await get({ voidedStatementId: voiding.id })).status).toBe(404);
    const ids = (await get({ limit: "2" })).json().statements.map(({ id }: { id: string }) => id);
    expect(ids).toContain(voiding.id);
    expect(ids).not.toContain(voided.id);
  });

  it("XAPI-00108, XAPI-00111: pages through a query, forwards and backwards", async () => {
    const registration = randomUUID();
    const sent = Array.from({ length: 5 }, () => statement({ context: { registration } }));
    await store(sent);
    const ids = sent.map(({ id }) => id);
    for (const ascending of ["true", "false"]) {
      const seen: string[] = [];
      let answer = await get({ registration, limit: "2", ascending });
      for (;;) {
        const { statements, more } = answer.json();
        seen.push(...statements.map(({ id }: { id: string }) => id));
        if (more === "") break;
        expect(more).toMatch(/^\/xapi\/statements\/more\?token=/);
        answer = await call("GET", more);
      }
      expect(seen).toEqual(ascending === "true" ? ids : ids.toReversed());
    }
    const head = await call("HEAD", "statements", { query: { registration } });
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("XAPI-00169, XAPI-00170, XAPI-00171: writes statements exactly, by ids, and in the language that is asked for", async () => {
    const id = iri(`activities/${randomUUID()}`);
    const definition = { name: { en: "One", de: "Eins" }, type: iri("type") };
    const sent = statement({ actor: { ...actor, name: "Ana" }, object: { objectType: "Activity", id, definition } });
    await store(sent);
    const as = async (format: string) => {
      const { actor: who, object } = (
        await get({ statementId: sent.id, format }, { "accept-language": "de-AT, en;q=0.1" })
      ).json();
      return [who, object];
    };
    expect(await as("exact")).toEqual([sent.actor, sent.object]);
    expect(await as("ids")).toEqual([actor, { id }]);
    expect((await as("canonical"))[1].definition).toEqual({ ...definition, name: { de: "Eins" } });
    const activity = (await call("GET", "activities", { query: { activityId: id } })).json();
    expect(activity).toEqual({ objectType: "Activity", id, definition });
  });

  it("XAPI-00128, XAPI-00129, XAPI-00167: takes attachments of any size along, and hands them out", async () => {
    const files = [Buffer.from("small\r\n--b"), Buffer.alloc(2_500_000, "large")];
    const attachments = files.map((content) => ({
      usageType: iri("usage"),
      display: { en: "file" },
      contentType: "text/plain",
      length: content.length,
      sha2: createHash("sha256").update(content).digest("hex"),
    }));
    const sent = statement({ attachments });
    const body = (count: number): Buffer =>
      Buffer.concat([
        Buffer.from(`--b0\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(sent)}\r\n`),
        ...files
          .slice(0, count)
          .flatMap((content, index) => [
            Buffer.from("--b0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"),
            Buffer.from(`X-Experience-API-Hash: ${attachments[index]?.sha2}\r\n\r\n`),
            content,
            Buffer.from("\r\n"),
          ]),
        Buffer.from("--b0--\r\n"),
      ]);
    const headers = { "content-type": "multipart/mixed; boundary=b0" };
    const post = (count: number) => call("POST", "statements", { headers, body: body(count) });
    expect([(await post(0)).status, (await post(1)).status, (await post(2)).status]).toEqual([400, 400, 200]);
    const got = await get({ statementId: sent.id, attachments: "true" });
    expect(got.headers.get("content-type")).toMatch(/^multipart\/mixed; boundary=/);
    for (const content of files) expect(got.bytes.includes(content)).toBe(true);
    expect((await get({ statementId: sent.id })).json().attachments).toEqual(attachments);
  });

  it.each([
    ["1.0.3", "activities/state", 204, 204],
    ["2.0.0", "activities/state", 204, 409],
    ["1.0.3", "activities/profile", 400, 409],
    ["2.0.0", "agents/profile", 204, 409],
  ])("XAPI-00322: %s asks for conditions of %s", async (version, path, first, second) => {
    const id = randomUUID();
    const agent = JSON.stringify(actor);
    const query: Record<string, string> =
      {
        "activities/state": { activityId: iri("a"), agent, stateId: id },
        "activities/profile": { activityId: iri("a"), profileId: id },
        "agents/profile": { agent, profileId: id },
      }[path] ?? {};
    const put = (body: object, headers: Record<string, string> = {}) =>
      call("PUT", path, { version, query, body, headers });
    expect((await put({ a: 1 })).status).toBe(first);
    if (first === 400) await put({ a: 1 }, { "if-none-match": "*" });
    expect((await put({ a: 1 })).status).toBe(second);
    expect((await put({}, { "if-none-match": "*" })).status).toBe(412);
    expect((await put({}, { "if-match": '"wrong"' })).status).toBe(412);
    const got = await call("GET", path, { version, query });
    expect([got.headers.get("etag"), got.json()]).toEqual([etagOf('{"a":1}'), { a: 1 }]);
    expect((await put({ b: 1 }, { "if-match": etagOf('{"a":1}') })).status).toBe(204);
    expect((await call("POST", path, { version, query, body: { c: 2 } })).status).toBe(204);
    expect((await call("GET", path, { version, query })).json()).toEqual({ b: 1, c: 2 });
    expect((await call("DELETE", path, { version, query })).status).toBe(204);
    expect((await call("GET", path, { version, query })).status).toBe(404);
  });

  it("XAPI-00248: answers everything that is known of a person", async () => {
    const account = { homePage: iri("home"), name: randomUUID() };
    for (const name of ["Ana", "Ana Silva"]) await store(statement({ actor: { account, name } }));
    const {
      objectType,
      name,
      account: accounts,
    } = (await call("GET", "agents", { query: { agent: JSON.stringify({ account }) } })).json();
    expect([objectType, name.toSorted(), accounts]).toEqual(["Person", ["Ana", "Ana Silva"], [account]]);
    expect((await call("GET", "agents", { query: { agent: "{}" } })).status).toBe(400);
  });

  it("XAPI-00336: takes a form for what it stands for, in 1.0.3", async () => {
    const sent = statement();
    const form = (version: string) =>
      call("POST", "statements?method=PUT", {
        version,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: String(new URLSearchParams({ statementId: sent.id, content: JSON.stringify(sent) })),
      });
    expect([(await form("2.0.0")).status, (await form("1.0.3")).status]).toEqual([400, 204]);
    expect((await get({ statementId: sent.id })).json().id).toBe(sent.id);
  });

  it("keeps to the limits a key was given: its verbs and its version", async () => {
    const { product } = place();
    const key = await makeKey(product, product.authorization, [Permission.STATEMENT_WRITE]);
    const [apiKeyId = ""] = Buffer.from(key.slice("Basic ".length), "base64").toString().split(":");
    const allowedVerbs = [iri("verbs/did")];
    await rpcClient(product, CredentialLimitService).setCredentialLimit({
      credentialLimit: { apiKeyId, allowedVerbs, defaultVersion: XapiVersion.V1_0_3 },
    });
    const post = (body: object) => call("POST", "statements", { version: "", authorization: key, body });
    const allowed = await post(statement());
    expect([allowed.status, allowed.headers.get("x-experience-api-version")]).toEqual([200, "1.0.3"]);
    const other = await post(statement({ verb: { id: iri("verbs/other") } }));
    expect([other.status, other.json().error.reason]).toEqual([403, "VERB_NOT_ALLOWED"]);
  });
}
