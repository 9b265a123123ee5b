import { createHash, randomUUID } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import {
  type CreatePersonDeletionRequestSchema,
  type PersonDeletion,
  PersonDeletionService,
  PersonDeletionState,
} from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import { StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import {
  agent,
  iri,
  type Json,
  ref,
  type StatementCalls,
  statement,
  statementCalls,
  VOIDED,
} from "./statement-calls.ts";

const { DONE, RUNNING, WAITING, CANCELED } = PersonDeletionState;
let lrs: LrsHarness;
let calls: StatementCalls;
beforeAll(async () => {
  lrs = await startLrs();
  calls = statementCalls(lrs);
});
afterAll(() => lrs.stop());

type Wish = Omit<MessageInitShape<typeof CreatePersonDeletionRequestSchema>, "agentsJson" | "$typeName" | "$unknown">;
const deletions = () => lrs.mesh.clients.of(PersonDeletionService);
async function ask(agents: readonly Json[], more: Wish = {}, caller = owner): Promise<PersonDeletion> {
  const agentsJson = agents.map((one) => JSON.stringify(one));
  const request = { requestId: randomUUID(), agentsJson, ...more };
  const { personDeletion } = await as(caller, () => deletions().createPersonDeletion(request));
  if (personDeletion === undefined) throw new Error("no deletion was made");
  return personDeletion;
}
const get = async (id: string) => (await as(owner, () => deletions().getPersonDeletion({ id }))).personDeletion;
/** The deletion once it is over. */
const done = async (agents: readonly Json[], more: Wish = {}): Promise<PersonDeletion | undefined> => {
  const { id } = await ask(agents, more);
  await vi.waitFor(async () => expect((await get(id))?.state).toBe(DONE), { timeout: 10_000 });
  return get(id);
};

const putState = (who: Json, stateId: string, caller = owner) =>
  as(caller, () =>
    lrs.mesh.clients.of(StateService).putState({
      scope: { activityId: iri("courses/1"), agentJson: JSON.stringify(who) },
      stateId,
      contentType: "text/plain",
      content: Buffer.from("secret"),
      version: XapiVersion.V1_0_3,
    }),
  );
const agentsLike = async (query: string) =>
  (await as(owner, () => lrs.mesh.clients.of(AgentService).listAgents({ query }))).agents;

it("counts, then removes all that is a person's by whatever identifier, and leaves all else", async () => {
  const [mail, account] = [agent("gone"), { account: { homePage: "https://example.org", name: "gone-7" } }];
  const own = [statement({ actor: { ...mail, name: "Gone Person" } }), statement({ actor: account })];
  const group = { objectType: "Group", member: [mail, agent("stays")] };
  const inGroup = statement({ actor: group });
  const taught = statement({ actor: agent("stays"), context: { instructor: mail } });
  const others = statement({ actor: agent("stays") });
  await calls.store([...own, inGroup, taught, others]);
  await putState(mail, "bookmark");
  await putState(agent("stays"), "bookmark");

  const counted = await done([mail, account], { dryRun: true });
  expect(counted).toMatchObject({ statementCount: 3n, documentCount: 1n, dryRun: true });
  expect(await calls.find({ agentJson: JSON.stringify(account) })).toHaveLength(1);

  const deleted = await done([mail, account]);
  expect(deleted).toMatchObject({ statementCount: 3n, documentCount: 1n, error: "" });
  const hash = createHash("sha256").update("account::gone-7@https://example.org").digest("hex");
  expect(deleted?.agentHashes).toContain(hash);
  expect(await calls.find({ agentJson: JSON.stringify(mail) })).toEqual([]);
  expect(await calls.find({ agentJson: JSON.stringify(agent("stays")) })).toEqual([taught.id, others.id]);
  expect(await agentsLike("gone")).toEqual([]);
  expect(await lrs.sql("select agents from person_deletion where agents <> '{}'")).toEqual([]);
  expect(await lrs.sql("select 1 from outbox where type = 'coursemesh.lrs.v1.PersonDeleted'")).toHaveLength(1);

  expect(await calls.store([inGroup])).toMatchObject({ known: 1 });
  expect(await calls.find({ agentJson: JSON.stringify(mail) })).toEqual([]);
  await calls.store([statement({ actor: { ...mail, name: "Back Again" } })]);
  expect(await agentsLike("gone")).toMatchObject([{ name: "Back Again" }]);
});

it("goes on with what a killed process has left undone", async () => {
  const mail = agent("unlucky");
  await calls.store([statement({ actor: mail })]);
  const { id } = await ask([mail], { startTime: timestampFromDate(new Date(Date.now() + 600_000)) });
  await lrs.sql("update person_deletion set state = $2, start_at = now() where id = $1", [id, RUNNING]);
  const restarted = await startLrs({ shared: lrs });
  await vi.waitFor(async () => expect(await get(id)).toMatchObject({ state: DONE, statementCount: 1n }), {
    timeout: 10_000,
  });
  await restarted.stop();
});

it("removes also those in which the person is not the actor, when asked to", async () => {
  const mail = agent("teacher");
  const taught = statement({ actor: agent("pupil"), context: { instructor: mail } });
  const about = statement({ actor: agent("pupil"), object: { objectType: "Agent", ...mail } });
  const alone = statement({ actor: agent("pupil") });
  await calls.store([taught, about, alone]);
  expect(await done([mail])).toMatchObject({ statementCount: 0n });
  expect(await done([mail], { related: true })).toMatchObject({ statementCount: 2n });
  expect(await calls.find({ agentJson: JSON.stringify(agent("pupil")) })).toEqual([alone.id]);
});

it("lets nobody find out by a reference that there was something: neither by what voids it nor by a chain", async () => {
  const mail = agent("hidden");
  const [own, voided] = [statement({ actor: mail }), statement({ actor: mail })];
  const first = statement({ actor: agent("referrer"), object: ref(String(own.id)) });
  const second = statement({ actor: agent("referrer"), object: ref(String(first.id)) });
  const voiding = statement({ actor: agent("admin"), verb: { id: VOIDED }, object: ref(String(voided.id)) });
  await calls.store([own, voided, first, second, voiding]);
  expect(await calls.find({ agentJson: JSON.stringify(mail) })).toEqual([own.id, first.id, second.id, voiding.id]);
  expect(await done([mail])).toMatchObject({ statementCount: 2n });
  expect(await calls.find({ agentJson: JSON.stringify(mail), relatedAgents: true })).toEqual([]);
  expect(await calls.find({ agentJson: JSON.stringify(agent("referrer")) })).toEqual([first.id, second.id]);
  expect((await failure(calls.getVoided(String(voided.id)))).reason).toBe("STATEMENT_NOT_FOUND");
});

it("lets go of attachments that no other statement names, and of no others", async () => {
  const mail = agent("writer");
  const attached = (actor: Json, content: string) => {
    const sha2 = createHash("sha256").update(content).digest("hex");
    const contentType = "text/plain";
    const usageType = iri("essay");
    const attachment = { usageType, display: { en: "essay" }, contentType, length: content.length, sha2 };
    return calls.store([statement({ actor, attachments: [attachment] })], {
      attachments: [{ sha2, contentType, content: Buffer.from(content) }],
    });
  };
  await attached(mail, "mine alone");
  await attached(mail, "shared");
  await attached(agent("stays"), "shared");
  expect(await done([mail], { dryRun: true })).toMatchObject({ statementCount: 2n, attachmentCount: 2n });
  expect(await done([mail])).toMatchObject({ statementCount: 2n, attachmentCount: 1n });
  const used = await lrs.sql("select used, size_bytes from attachment order by size_bytes");
  expect(used).toEqual([
    { used: true, size_bytes: "6" },
    { used: false, size_bytes: "10" },
  ]);
});

it("waits for its time and can be called off until then", async () => {
  const mail = agent("patient");
  await calls.store([statement({ actor: mail })]);
  const later = { startTime: timestampFromDate(new Date(Date.now() + 60_000)) };
  const { id, state } = await ask([mail], later);
  expect(state).toBe(WAITING);
  const cancel = (which: string) => as(owner, () => deletions().cancelPersonDeletion({ id: which }));
  expect((await cancel(id)).personDeletion?.state).toBe(CANCELED);
  expect((await cancel(id)).personDeletion?.state).toBe(CANCELED);
  expect(await calls.find({ agentJson: JSON.stringify(mail) })).toHaveLength(1);
  const over = await done([mail]);
  expect((await failure(cancel(over?.id ?? ""))).reason).toBe("PERSON_DELETION_BEGUN");
});

it("makes one deletion of a request that comes twice, and refuses what is no agent", async () => {
  const requestId = randomUUID();
  const { id } = await ask([agent("twice")], { requestId });
  expect((await ask([agent("twice")], { requestId })).id).toBe(id);
  expect((await failure(ask([agent("other")], { requestId }))).reason).toBe("REQUEST_ID_REUSED");
  expect((await failure(ask([{ name: "nobody" }]))).reason).toBe("AGENT_INVALID");
  const { personDeletions } = await as(owner, () => deletions().listPersonDeletions({ page: { pageSize: 2 } }));
  expect(personDeletions[0]?.id).toBe(id);
});

it("keeps organizations apart", async () => {
  const foreign = statementCalls(lrs, stranger);
  const mail = agent("everywhere");
  await calls.store([statement({ actor: mail })]);
  await foreign.store([statement({ actor: mail })]);
  await putState(mail, "bookmark", stranger);
  const over = await done([mail]);
  expect(over).toMatchObject({ statementCount: 1n, documentCount: 0n });
  expect(await foreign.find({ agentJson: JSON.stringify(mail) })).toHaveLength(1);
  const theirs = as(stranger, () => deletions().getPersonDeletion({ id: over?.id ?? "" }));
  expect((await failure(theirs)).reason).toBe("PERSON_DELETION_NOT_FOUND");
});
