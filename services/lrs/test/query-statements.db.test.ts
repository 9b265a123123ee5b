import { randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { type Caller, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keyCaller, type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import {
  agent,
  idsOf,
  iri,
  type Json,
  jsonOf,
  ref,
  type StatementCalls,
  statement,
  statementCalls,
  VOIDED,
} from "./statement-calls.ts";

const key = (id: string, permissions: Permission[], of: Caller = owner): Caller => ({
  ...keyCaller(id, of),
  permissions,
});
const writes = Permission.STATEMENT_WRITE;
const one = key("key-one", [writes, Permission.STATEMENT_READMINE]);
const two = key("key-two", [writes, Permission.STATEMENT_READ, Permission.STATEMENT_READMINE]);

let lrs: LrsHarness;
let calls: StatementCalls;
/** Ids of the statements that the filters are tried on, by name. */
const ids: Record<string, string> = {};
const registration = randomUUID();
const team = {
  objectType: "Group",
  name: "Team",
  account: { homePage: "http://example.org", name: "team" },
  member: [agent("eve")],
};

beforeAll(async () => {
  lrs = await startLrs();
  calls = statementCalls(lrs, two);
  const add = async (name: string, more: Json, by: Caller = two) => {
    const made = statement(more);
    ids[name] = String(made.id);
    await statementCalls(lrs, by).store([made]);
  };
  await add("plain", {});
  await add("other verb", { verb: { id: iri("verbs/passed") } });
  await add("bob", { actor: agent("bob"), object: { id: iri("courses/2") }, context: { registration } }, one);
  await add("group", { actor: team, object: { id: iri("courses/3") } });
  await add("agent as object", { actor: agent("zoe"), object: { objectType: "Agent", ...agent("ann") } });
  await add("context", {
    actor: agent("zoe"),
    object: { id: iri("courses/4") },
    context: {
      instructor: agent("ann"),
      registration: registration.toUpperCase(),
      contextActivities: { parent: { id: iri("courses/1") } },
    },
  });
  await add("inner", {
    actor: agent("zoe"),
    object: {
      objectType: "SubStatement",
      actor: agent("bob"),
      verb: { id: iri("verbs/inner") },
      object: { id: iri("courses/2") },
    },
  });
  await add("reference", { actor: agent("zoe"), verb: { id: iri("verbs/confirmed") }, object: ref(present(ids.bob)) });
  // The same in another organization: nobody of the first sees them.
  await statementCalls(lrs, stranger).store([
    statement(),
    statement({ actor: agent("bob"), context: { registration } }),
  ]);
});
afterAll(() => lrs.stop());

const named = (found: readonly string[]): (string | undefined)[] =>
  found.map((id) => Object.entries(ids).find(([, it]) => it === id)?.[0]);
const ann = JSON.stringify(agent("ann"));
const bob = JSON.stringify(agent("bob"));
const eve = JSON.stringify(agent("eve"));
const authority = (name: string) =>
  JSON.stringify({ account: { homePage: `http://127.0.0.1:3000/organizations/${owner.organizationId}`, name } });
const verb = iri("verbs/experienced");

it.each([
  ["nothing", {}, ["plain", "other verb", "bob", "group", "agent as object", "context", "inner", "reference"]],
  ["agent", { agentJson: ann }, ["plain", "other verb", "agent as object"]],
  ["agent in a group", { agentJson: eve }, ["group"]],
  ["group", { agentJson: JSON.stringify({ objectType: "Group", account: team.account }) }, ["group"]],
  ["agent and references", { agentJson: bob }, ["bob", "reference"]],
  ["related agents", { agentJson: ann, relatedAgents: true }, ["plain", "other verb", "agent as object", "context"]],
  ["related agents within", { agentJson: bob, relatedAgents: true }, ["bob", "inner", "reference"]],
  ["verb", { verb: iri("verbs/passed") }, ["other verb"]],
  ["activity", { activity: iri("courses/1") }, ["plain", "other verb"]],
  ["related activities", { activity: iri("courses/1"), relatedActivities: true }, ["plain", "other verb", "context"]],
  ["related activities within", { activity: iri("courses/2"), relatedActivities: true }, ["bob", "inner", "reference"]],
  ["registration", { registration }, ["bob", "context", "reference"]],
  ["agent and verb", { agentJson: ann, verb }, ["plain", "agent as object"]],
  [
    "all at once",
    { agentJson: bob, verb, activity: iri("courses/2"), registration, relatedAgents: true },
    ["bob", "reference"],
  ],
  ["authority", { authorityJson: authority("key-one") }, ["bob"]],
  ["agent that is an authority", { agentJson: authority("key-one"), relatedAgents: true }, ["bob", "reference"]],
  ["nobody", { agentJson: JSON.stringify(agent("nobody")), verb }, []],
])("finds by %s, in both orders (XAPI-00149 and on)", async (_, filter, expected) => {
  expect(named(await calls.find(filter))).toEqual(expected);
  expect(named(await calls.find(filter, false))).toEqual(expected.toReversed());
});

it("narrows a caller that reads its own to its own, however it asks", async () => {
  const mine = statementCalls(lrs, one);
  expect(named(await mine.find())).toEqual(["bob"]);
  expect(named(await mine.find({ registration, verb }))).toEqual(["bob"]);
  expect(await mine.find({ authorityJson: authority("key-two") })).toEqual([]);
  expect((await mine.get(present(ids.bob))).statement?.id).toBe(ids.bob);
  for (const name of ["plain", "reference"])
    expect((await failure(mine.get(present(ids[name])))).reason).toBe("STATEMENT_NOT_FOUND");
  expect((await statementCalls(lrs, key("key-three", [Permission.STATEMENT_READMINE])).find()).length).toBe(0);
});

it.each([
  [
    "write",
    [Permission.STATEMENT_READ, Permission.STATEMENT_READMINE],
    (it: StatementCalls) => it.store([statement()]),
  ],
  ["query", [writes], (it: StatementCalls) => it.query()],
  ["get", [writes], (it: StatementCalls) => it.get(present(ids.plain))],
])("lets nobody %s without the permission", async (_, permissions, call) => {
  expect((await failure(call(statementCalls(lrs, key("key-four", permissions))))).reason).toBe("PERMISSION_MISSING");
});

it("shows an organization nothing of another's", async () => {
  const theirs = statementCalls(lrs, stranger);
  expect((await theirs.find()).length).toBe(2);
  expect((await theirs.find({ registration })).length).toBe(1);
  expect((await failure(theirs.get(present(ids.plain)))).reason).toBe("STATEMENT_NOT_FOUND");
});

it("keeps to what was stored after since and until until, to the microsecond (XAPI-00160, XAPI-00161)", async () => {
  const all = (await calls.query({ ascending: true })).statements;
  const [, second, third] = all;
  const between = await calls.query({ filter: { since: present(second?.stored), until: present(third?.stored) } });
  expect(idsOf(between)).toEqual([third?.id]);
});

it.each([true, false])("pages through without repeating or missing (ascending: %s)", async (ascending) => {
  const pages = await calls.pages({ limit: 3, ascending, filter: { verb } });
  expect(pages.map((page) => page.statements.length)).toEqual([3, 3, 1]);
  expect(pages.flatMap(idsOf)).toEqual(await calls.find({ verb }, ascending));
});

it("gives a token back to nobody else, and refuses a damaged or old one", async () => {
  const { moreToken } = await calls.query({ limit: 2 });
  for (const caller of [one, stranger]) {
    expect((await failure(statementCalls(lrs, caller).query({ moreToken }))).reason).toBe("MORE_TOKEN_INVALID");
  }
  for (const token of ["x", "x.y", `${moreToken}x`, moreToken.slice(1)]) {
    expect((await failure(calls.query({ moreToken: token }))).reason).toBe("MORE_TOKEN_INVALID");
  }
  const tomorrow = await startLrs({ shared: lrs, now: () => new Date(Date.now() + 25 * 3600_000) });
  expect((await failure(statementCalls(tomorrow, two).query({ moreToken }))).reason).toBe("MORE_TOKEN_INVALID");
  await tomorrow.stop();
});

it("refuses agents that are none", async () => {
  for (const agentJson of ["x", "{}", '{"mbox":"ann"}']) {
    expect(await failure(calls.query({ filter: { agentJson } }))).toMatchObject({
      reason: "QUERY_INVALID",
      metadata: { parameter: "agent" },
    });
  }
});

it("hides a voided statement, but neither what refers to it nor the voiding one (XAPI-00015, XAPI-00016)", async () => {
  const mary = { actor: agent("mary") };
  const [target, pointing] = [statement(mary), statement({ actor: agent("zoe") })];
  const admin = statementCalls(lrs, owner);
  await admin.store([target, { ...pointing, object: ref(String(target.id)) }]);
  const request = { requestId: randomUUID(), statementId: String(target.id), note: "by mistake" };
  const { voidingStatementId } = await as(owner, () => admin.service.voidStatement(request));
  expect((await as(owner, () => admin.service.voidStatement(request))).voidingStatementId).toBe(voidingStatementId);
  expect(await calls.find({ agentJson: JSON.stringify(agent("mary")) })).toEqual([pointing.id, voidingStatementId]);
  expect((await failure(calls.get(String(target.id)))).reason).toBe("STATEMENT_NOT_FOUND");
  expect((await calls.getVoided(String(target.id))).statement).toMatchObject({ id: target.id, voided: true });
  expect(jsonOf((await calls.get(voidingStatementId)).statement).result).toEqual({ response: "by mistake" });
  const voider = { requestId: randomUUID(), statementId: voidingStatementId };
  expect((await failure(as(owner, () => admin.service.voidStatement(voider)))).reason).toBe("STATEMENT_NOT_VOIDABLE");
  const unknown = { requestId: randomUUID(), statementId: randomUUID() };
  expect((await failure(as(owner, () => admin.service.voidStatement(unknown)))).reason).toBe("STATEMENT_NOT_FOUND");
  expect((await lrs.sql("select 1 from outbox where type = 'coursemesh.lrs.v1.StatementVoided'")).length).toBe(1);
});

it("voids what comes after its voiding statement, and ignores the voiding of a voiding statement", async () => {
  const target = statement();
  const voiding = statement({ verb: { id: VOIDED }, object: ref(String(target.id)) });
  await calls.store([voiding]);
  await calls.store([target]);
  expect((await calls.getVoided(String(target.id))).statement?.id).toBe(target.id);
  await calls.store([statement({ verb: { id: VOIDED }, object: ref(String(voiding.id)) })]);
  expect((await calls.get(String(voiding.id))).statement?.id).toBe(voiding.id);
});

it("follows references through any number, whichever came first, and in circles", async () => {
  const [end, middle, start] = [statement({ actor: agent("tim") }), statement(), statement()];
  await calls.store([{ ...start, object: ref(String(middle.id)) }]);
  await calls.store([{ ...middle, object: ref(String(end.id)) }]);
  expect(await calls.find({ agentJson: JSON.stringify(agent("tim")) })).toEqual([]);
  await calls.store([end]);
  expect(await calls.find({ agentJson: JSON.stringify(agent("tim")) })).toEqual([start.id, middle.id, end.id]);
  const [a, b] = [statement({ actor: agent("cy") }), statement({ actor: agent("cle") })];
  await calls.store([
    { ...a, object: ref(String(b.id)) },
    { ...b, object: ref(String(a.id)) },
  ]);
  expect(await calls.find({ agentJson: JSON.stringify(agent("cle")) })).toEqual([a.id, b.id]);
});
