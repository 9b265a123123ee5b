import { createHash, randomUUID } from "node:crypto";
import { fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { PipeStoppedSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { type Pipe, type PipeSchema, PipeService, PipeStatus } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import { answer, hang, type ReceivingLrs, receivingLrs, reset, statementsIn } from "./receiving-lrs.ts";

const env = {
  EGRESS_ALLOW: "127.0.0.1",
  PIPE_IDLE_MS: "20",
  PIPE_TIMEOUT_MS: "1500",
  PIPE_RETRY_MIN_MS: "10",
  PIPE_RETRY_MAX_MS: "40",
  PIPE_GIVE_UP_FAILURES: "12",
};
let lrs: LrsHarness;
const targets: ReceivingLrs[] = [];
// So that no test waits for the pipes of those before it.
afterEach(() => lrs.sql("delete from pipe"));
beforeAll(async () => {
  lrs = await startLrs({ env });
});
afterAll(async () => {
  await lrs.stop();
  for (const target of targets) target.stop();
});

const pipes = () => lrs.mesh.clients.of(PipeService);
const run = <T>(work: () => Promise<T>, caller = owner): Promise<T> => as(caller, work);

async function target(): Promise<ReceivingLrs> {
  const made = await receivingLrs();
  targets.push(made);
  return made;
}

/** A verb of the test's own, so that each pipe asks for the statements of its test alone. */
const newVerb = (): string => `https://example.org/verbs/${randomUUID()}`;

interface PipeFields {
  readonly username?: string;
  readonly password?: string;
  readonly version?: XapiVersion;
  readonly batchSize?: number;
  readonly withAttachments?: boolean;
}

/** @param verb what its filter asks for; empty: everything. */
async function makePipe(to: ReceivingLrs, verb: string, more: PipeFields = {}): Promise<Pipe> {
  const pipe = { name: verb || "all", targetUrl: to.url, ...(verb !== "" && { filter: { verb } }), ...more };
  return present((await run(() => pipes().createPipe({ requestId: randomUUID(), pipe }))).pipe);
}

const statementOf = (verb: string, more: object = {}) => ({
  id: randomUUID(),
  actor: { mbox: "mailto:ann@example.org" },
  verb: { id: verb },
  object: { id: "https://example.org/course" },
  ...more,
});

/** Stores statements with a verb and answers their ids in order. */
async function store(verb: string, count: number, more: object = {}, caller = owner): Promise<string[]> {
  const statements = Array.from({ length: count }, () => ({
    json: Buffer.from(JSON.stringify(statementOf(verb, more))),
  }));
  const request = { statements, version: XapiVersion.V2_0_0 };
  return (await run(() => lrs.mesh.clients.of(StatementService).storeStatements(request), caller)).ids;
}

const get = async (id: string): Promise<Pipe> => present((await run(() => pipes().getPipe({ id }))).pipe);
const until = (check: () => Promise<void> | void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 15 });

describe("a pipe", () => {
  it("forwards what its filter asks for, in order and as it is stored, and says how far it is", async () => {
    const to = await target();
    const verb = newVerb();
    await store(verb, 2);
    const pipe = await makePipe(to, verb, { username: "key", password: "sésame", batchSize: 3 });
    const ids = await store(verb, 7);
    await store(newVerb(), 3);
    await store(verb, 2, {}, stranger);
    await until(() => expect(to.accepted).toEqual(ids));
    await until(async () =>
      expect((await get(pipe.id)).progress).toMatchObject({ forwardedCount: 7n, waitingCount: 0n, failureCount: 0 }),
    );
    expect(present((await get(pipe.id)).progress).forwardedThrough).toBeDefined();
    expect(to.requests.map(({ body }) => statementsIn(body).length)).toEqual([3, 3, 1]);
    const [first] = to.requests;
    expect(first?.headers).toMatchObject({
      "x-experience-api-version": "2.0.0",
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from("key:sésame").toString("base64")}`,
    });
    expect(statementsIn(first?.body ?? "")[0]).toMatchObject({ authority: {}, stored: expect.any(String) });
  });

  it("survives a target that resets, hangs, fails and is busy, and skips nothing", async () => {
    const to = await target();
    const verb = newVerb();
    const pipe = await makePipe(to, verb, { batchSize: 4 });
    to.moods.push(reset, hang, answer(500), answer(503), answer(429, "", { "retry-after": "1" }));
    const ids = await store(verb, 10);
    await until(() => expect(to.requests.length).toBeGreaterThanOrEqual(5));
    await until(async () =>
      expect(await get(pipe.id)).toMatchObject({
        status: PipeStatus.RETRYING,
        progress: { failureCount: 5, lastError: "the target answered 429", forwardedCount: 0n, waitingCount: 10n },
      }),
    );
    await until(() => expect(to.accepted).toEqual(ids));
    const [busy, next] = [present(to.requests[4]), present(to.requests[5])];
    expect(next.at - busy.at).toBeGreaterThanOrEqual(990);
    await until(async () =>
      expect(await get(pipe.id)).toMatchObject({ status: PipeStatus.RUNNING, progress: { lastError: "" } }),
    );
  });

  it("sends again what was taken without an answer, with the same ids", async () => {
    const to = await target();
    const verb = newVerb();
    await makePipe(to, verb);
    const taken: string[] = [];
    to.moods.push((request, _response, body) => {
      taken.push(...statementsIn(body).map(({ id }) => id));
      request.socket.destroy();
    });
    const ids = await store(verb, 3);
    await until(() => expect(to.accepted).toEqual(ids));
    expect(taken).toEqual(ids);
  });

  it("misses none of those that many writers store at once, and sends none twice though two processes work", async () => {
    const other = await startLrs({ env, shared: lrs });
    const to = await target();
    const verb = newVerb();
    await makePipe(to, verb, { batchSize: 7 });
    const stored = await Promise.all(Array.from({ length: 12 }, (_, writer) => store(verb, 1 + (writer % 5))));
    const ids = stored.flat();
    await until(() => expect(to.accepted.toSorted()).toEqual(ids.toSorted()));
    await other.stop();
  });

  it("starts in the past when told so, and from another time when resumed", async () => {
    const to = await target();
    const verb = newVerb();
    const ids = await store(verb, 2);
    const pipe = { name: "past", targetUrl: to.url, filter: { verb } };
    const request = { requestId: randomUUID(), pipe, startTime: timestampFromMs(0) };
    const made = present((await run(() => pipes().createPipe(request))).pipe);
    await until(() => expect(to.accepted).toEqual(ids));
    await run(() => pipes().resumePipe({ id: made.id, startTime: timestampFromMs(0) }));
    await until(() => expect(to.accepted).toEqual([...ids, ...ids]));
  });

  it("sends nothing while it is paused, and the rest when it is resumed", async () => {
    const to = await target();
    const verb = newVerb();
    const { id } = await makePipe(to, verb);
    await run(() => pipes().pausePipe({ id }));
    expect(present((await run(() => pipes().pausePipe({ id }))).pipe).status).toBe(PipeStatus.PAUSED);
    const ids = await store(verb, 3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(to.requests).toEqual([]);
    expect((await get(id)).progress?.waitingCount).toBe(3n);
    await run(() => pipes().resumePipe({ id }));
    await until(() => expect(to.accepted).toEqual(ids));
  });

  it("is left alone while another process works on it, and taken over when that is not heard of any more", async () => {
    const to = await target();
    const verb = newVerb();
    const { id } = await makePipe(to, verb);
    const held = "update pipe set lease_owner = $2, lease_until = now() + $3::interval where id = $1";
    await lrs.sql(held, [id, randomUUID(), "1 hour"]);
    const ids = await store(verb, 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(to.requests).toEqual([]);
    await lrs.sql(held, [id, randomUUID(), "-1 second"]);
    await until(() => expect(to.accepted).toEqual(ids));
  });

  it("forwards what was voided meanwhile, and then what voids it", async () => {
    const to = await target();
    const { id } = await makePipe(to, "");
    await run(() => pipes().pausePipe({ id }));
    const [statementId = ""] = await store(newVerb(), 1);
    const request = { requestId: randomUUID(), statementId };
    const { voidingStatementId } = await run(() => lrs.mesh.clients.of(StatementService).voidStatement(request));
    await run(() => pipes().resumePipe({ id }));
    await until(() => expect(to.accepted).toEqual([statementId, voidingStatementId]));
  });

  it("cuts batches by size as well, and loses none", async () => {
    const to = await target();
    const verb = newVerb();
    const { id } = await makePipe(to, verb, { batchSize: 500 });
    await run(() => pipes().pausePipe({ id }));
    const large = { "https://example.org/large": "x".repeat(3_000_000) };
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(...(await store(verb, 1, { context: { extensions: large } })));
    await run(() => pipes().resumePipe({ id }));
    await until(() => expect(to.accepted).toEqual(ids));
    expect(to.requests.map(({ body }) => statementsIn(body).length)).toEqual([3, 1]);
  });

  it("gives up after a long run of failures, says so, and goes on when resumed", async () => {
    const to = await target();
    const verb = newVerb();
    const kind = to.mood;
    to.mood = answer(401, "who are you?");
    const { id } = await makePipe(to, verb);
    const ids = await store(verb, 1);
    await until(async () => expect((await get(id)).status).toBe(PipeStatus.STOPPED));
    expect((await get(id)).progress).toMatchObject({ failureCount: 12, deadLetterCount: 0n });
    const rows = await lrs.sql<{ payload: Buffer }>("select payload from outbox where type = $1", [
      PipeStoppedSchema.typeName,
    ]);
    const events = rows.map(({ payload }) => fromBinary(PipeStoppedSchema, payload));
    expect(events).toMatchObject([{ pipeId: id, name: verb, lastError: "the target answered 401: who are you?" }]);
    to.mood = kind;
    await run(() => pipes().resumePipe({ id }));
    await until(() => expect(to.accepted).toEqual(ids));
  });
});

describe("dead letters", () => {
  it("are the statements that a target refuses, and hold up no other; they can be sent again or forgotten", async () => {
    const to = await target();
    const verb = newVerb();
    const bad = new Set<string>();
    const kind = to.mood;
    to.mood = (request, response, body) => {
      const poison = statementsIn(body).some(({ id }) => bad.has(id));
      if (poison) return void response.writeHead(400).end("no such\nverb");
      kind(request, response, body);
    };
    const { id } = await makePipe(to, verb);
    await run(() => pipes().pausePipe({ id }));
    const ids = await store(verb, 9);
    for (const place of [2, 3, 8]) bad.add(present(ids[place]));
    await run(() => pipes().resumePipe({ id }));
    const good = ids.filter((it) => !bad.has(it));
    await until(() => expect(to.accepted).toEqual(good));
    const list = (pageSize = 0, pageToken = "") =>
      run(() => pipes().listDeadLetters({ pipeId: id, page: { pageSize, pageToken } }));
    await until(async () => expect((await list()).deadLetters).toHaveLength(3));
    const first = await list(2);
    const second = await list(2, first.page?.nextPageToken);
    const letters = [...first.deadLetters, ...second.deadLetters];
    expect(letters.map((it) => it.statementId)).toEqual([ids[8], ids[3], ids[2]]);
    expect(letters[0]).toMatchObject({ httpStatus: 400, error: "the target answered 400: no such verb" });

    bad.delete(present(ids[3]));
    const retried = [present(letters[1]).id, present(letters[2]).id];
    expect((await run(() => pipes().retryDeadLetters({ pipeId: id, ids: retried }))).queuedCount).toBe(2n);
    await until(async () => expect((await list()).deadLetters).toHaveLength(2));
    expect(to.accepted).toEqual([...good, ids[3]]);
    await run(() => pipes().deleteDeadLetters({ pipeId: id, ids: [present(letters[0]).id] }));
    bad.clear();
    expect((await run(() => pipes().retryDeadLetters({ pipeId: id }))).queuedCount).toBe(1n);
    await until(async () => expect((await get(id)).progress?.deadLetterCount).toBe(0n));
    expect(to.accepted.at(-1)).toBe(ids[2]);
  });
});

describe("what a pipe carries", () => {
  it("are attachments, when it is told to", async () => {
    const to = await target();
    const verb = newVerb();
    const content = Buffer.from("a certificate");
    const sha2 = createHash("sha256").update(content).digest("hex");
    const attachment = {
      usageType: "https://example.org/usage",
      display: { en: "Certificate" },
      contentType: "text/plain",
      length: content.length,
      sha2,
    };
    await makePipe(to, verb, { withAttachments: true });
    const json = Buffer.from(JSON.stringify(statementOf(verb, { attachments: [attachment] })));
    const attachments = [{ sha2, contentType: "text/plain", content, sizeBytes: BigInt(content.length) }];
    const request = { statements: [{ json }], attachments, version: XapiVersion.V2_0_0 };
    const { ids } = await run(() => lrs.mesh.clients.of(StatementService).storeStatements(request));
    await until(() => expect(to.accepted).toEqual(ids));
    const { headers, body } = present(to.requests[0]);
    expect(headers["content-type"]).toMatch(/^multipart\/mixed; boundary=/);
    expect(body).toContain(`X-Experience-API-Hash: ${sha2}\r\n\r\na certificate\r\n--`);
  });

  it("calls itself 1.0.3 for a target of that version, and leaves out what that does not know", async () => {
    const to = await target();
    const verb = newVerb();
    await makePipe(to, verb, { version: XapiVersion.V1_0_3 });
    const agent = { objectType: "contextAgent", agent: { mbox: "mailto:tutor@example.org" } };
    await store(verb, 1, { context: { platform: "Test", contextAgents: [agent] } });
    await until(() => expect(to.accepted).toHaveLength(1));
    const { headers, body } = present(to.requests[0]);
    expect(headers["x-experience-api-version"]).toBe("1.0.3");
    expect(statementsIn(body)[0]).toMatchObject({ version: "1.0.3", context: { platform: "Test" } });
    expect(body).not.toContain("contextAgents");
  });
});

describe("the service", () => {
  it("tests a target without changing anything", async () => {
    const to = await target();
    const { id } = await makePipe(to, newVerb(), { username: "u", password: "p" });
    const test = () => run(() => pipes().testPipe({ id }));
    expect(await test()).toMatchObject({ reachable: true, httpStatus: 200, versions: ["1.0.3", "2.0.0"], error: "" });
    to.moods.push(answer(403), answer(200, "<html>"), hang);
    expect(await test()).toMatchObject({ reachable: false, httpStatus: 403, error: "the target answered 403" });
    expect(await test()).toMatchObject({ reachable: true, versions: [], error: expect.stringMatching(/versions/) });
    expect(await test()).toMatchObject({ reachable: false, httpStatus: 0, error: "it took too long" });
    to.stop();
    expect(await test()).toMatchObject({ reachable: false, error: "nothing answers there" });
  });

  it("refuses addresses that are private or no target, when made and when changed", async () => {
    const strict = await startLrs({ shared: lrs, env: { PIPE_WORKERS: "0" } });
    const service = strict.mesh.clients.of(PipeService);
    const make = (targetUrl: string) =>
      run(() => service.createPipe({ requestId: randomUUID(), pipe: { name: "x", targetUrl } }));
    for (const url of [
      "http://127.0.0.1/xapi",
      "https://127.0.0.1/xapi",
      "https://169.254.169.254/",
      "https://[::1]/",
      "https://2130706433/xapi",
      "https://user:secret@lrs.example/xapi",
      "http://8.8.8.8/xapi",
      "ftp://lrs.example/",
      "https://8.8.8.8/xapi?token=x",
    ]) {
      expect((await failure(make(url))).reason, url).toBe("ADDRESS_REFUSED");
    }
    const { pipe } = await make("https://8.8.8.8/xapi/statements/");
    expect(present(pipe).targetUrl).toBe("https://8.8.8.8/xapi");
    const change = { id: present(pipe).id, targetUrl: "https://10.0.0.1/" };
    const changed = run(() => service.updatePipe({ pipe: change, updateMask: { paths: ["target_url"] } }));
    expect((await failure(changed)).reason).toBe("ADDRESS_REFUSED");
    await run(() => service.deletePipe({ id: change.id }));
    await strict.stop();
  });

  it("keeps passwords to itself, and sealed", async () => {
    const to = await target();
    const pipe = await makePipe(to, newVerb(), { username: "u", password: "open sesame" });
    expect(pipe).toMatchObject({ username: "u", password: "" });
    expect((await get(pipe.id)).password).toBe("");
    const rows = await lrs.sql("select * from pipe where id = $1", [pipe.id]);
    expect(JSON.stringify(rows)).not.toMatch(/sesame|b3BlbiBzZXNhbWU/);
  });

  it("makes a pipe once for one request, changes named fields, lists by name and removes", async () => {
    const to = await target();
    const requestId = randomUUID();
    const pipe = { name: "b", targetUrl: to.url, filter: { verb: newVerb() }, password: "x" };
    const make = (name: string) => run(() => pipes().createPipe({ requestId, pipe: { ...pipe, name } }));
    const made = present((await make("b")).pipe);
    expect(present((await make("b")).pipe).id).toBe(made.id);
    expect((await failure(make("c"))).reason).toBe("REQUEST_ID_REUSED");
    const update = (fields: MessageInitShape<typeof PipeSchema>, ...paths: string[]) =>
      run(() => pipes().updatePipe({ pipe: { id: made.id, ...fields }, updateMask: { paths } }));
    const changed = present((await update({ name: "a", username: "ignored", etag: made.etag }, "name")).pipe);
    expect(changed).toMatchObject({ name: "a", username: "", filter: pipe.filter });
    expect((await failure(update({ name: "z", etag: made.etag }, "name"))).reason).toBe("ETAG_MISMATCH");
    expect((await failure(update({}, "status"))).reason).toBe("FIELD_INVALID");
    expect((await failure(update({ filter: { agentJson: "{}" } }, "filter"))).reason).toBe("QUERY_INVALID");
    await makePipe(to, newVerb());
    const all = await run(() => pipes().listPipes({ page: { pageSize: 1, withTotal: true } }));
    const rest = await run(() =>
      pipes().listPipes({ page: { pageSize: 1, pageToken: all.page?.nextPageToken ?? "" } }),
    );
    expect([...all.pipes, ...rest.pipes].map(({ name }) => name)).toEqual(["a", expect.stringMatching(/^https/)]);
    expect([all.page?.total, rest.page?.nextPageToken]).toEqual([2n, ""]);
    await run(() => pipes().deletePipe({ id: made.id }));
    await run(() => pipes().deletePipe({ id: made.id }));
    expect((await failure(get(made.id))).reason).toBe("PIPE_NOT_FOUND");
  });

  it("shows no organization the pipes of another", async () => {
    const { id } = await makePipe(await target(), newVerb());
    const theirs = [
      () => pipes().getPipe({ id }),
      () => pipes().pausePipe({ id }),
      () => pipes().resumePipe({ id }),
      () => pipes().testPipe({ id }),
      () => pipes().updatePipe({ pipe: { id, name: "mine" }, updateMask: { paths: ["name"] } }),
      () => pipes().listDeadLetters({ pipeId: id }),
      () => pipes().retryDeadLetters({ pipeId: id }),
      () => pipes().deleteDeadLetters({ pipeId: id, ids: [randomUUID()] }),
    ];
    for (const call of theirs) expect((await failure(run<unknown>(call, stranger))).reason).toBe("PIPE_NOT_FOUND");
    await run(() => pipes().deletePipe({ id }), stranger);
    expect((await run(() => pipes().listPipes({}), stranger)).pipes).toEqual([]);
    expect((await get(id)).status).toBe(PipeStatus.RUNNING);
  });
});
