import { randomUUID } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import {
  type RetentionRule,
  type RetentionRuleSchema,
  RetentionRuleService,
  type RetentionRun,
} from "@coursemesh/proto/coursemesh/lrs/v1/retention_rule_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import { iri, type Json, ref, type StatementCalls, statement, statementCalls, VOIDED } from "./statement-calls.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
let lrs: LrsHarness;
let calls: StatementCalls;
let clock = new Date();
beforeAll(async () => {
  lrs = await startLrs({ now: () => clock });
  calls = statementCalls(lrs);
});
afterAll(() => lrs.stop());

const rules = (caller = owner) => {
  const service = lrs.mesh.clients.of(RetentionRuleService);
  return {
    async create(rule: MessageInitShape<typeof RetentionRuleSchema>, requestId = randomUUID()): Promise<RetentionRule> {
      const request = { requestId, retentionRule: { name: "old ones", keepDays: 1, ...rule } };
      const { retentionRule } = await as(caller, () => service.createRetentionRule(request));
      if (retentionRule === undefined) throw new Error("no rule was made");
      return retentionRule;
    },
    get: (id: string) => as(caller, () => service.getRetentionRule({ id })),
    preview: (rule: MessageInitShape<typeof RetentionRuleSchema>) =>
      as(caller, () => service.previewRetentionRule({ retentionRule: { keepDays: 1, ...rule } })),
    runs: async (retentionRuleId = ""): Promise<RetentionRun[]> =>
      (await as(caller, () => service.listRetentionRuns({ retentionRuleId }))).retentionRuns,
    service,
  };
};

/** From now on, what was stored before this call is a day old and what is stored afterwards is not. */
function aDayLater(): void {
  clock = new Date(Date.now() + DAY_MS);
}
const ended = (id: string) =>
  vi.waitFor(async () => expect((await rules().runs(id))[0]?.endTime).toBeDefined(), { timeout: 10_000 });

const verb = { id: iri("verbs/aged") };
const ofVerb = { filter: { verb: verb.id } };

it("removes what a filter finds and is too old, void ones and what voids them too; says so beforehand and afterwards", async () => {
  const old = Array.from({ length: 230 }, () => statement({ verb }));
  await calls.store(old);
  const [first] = old;
  const voiding = statement({ verb: { id: VOIDED }, object: ref(String(first?.id)) });
  const other = statement();
  await calls.store([voiding, other]);
  aDayLater();
  const young = statement({ verb });
  await calls.store([young]);

  const preview = await rules().preview(ofVerb);
  expect(preview).toMatchObject({ statementCount: 231n, attachmentBytes: 0n });
  expect(preview.examples).toHaveLength(20);
  expect(await calls.find(ofVerb.filter)).toHaveLength(231);

  const rule = await rules().create({ ...ofVerb, enabled: true });
  await ended(rule.id);
  expect(await calls.find(ofVerb.filter)).toEqual([young.id]);
  expect(await calls.find()).toEqual([other.id, young.id]);
  expect((await failure(calls.getVoided(String(first?.id)))).reason).toBe("STATEMENT_NOT_FOUND");
  expect(await rules().runs(rule.id)).toMatchObject([{ removedCount: 231n, error: "" }]);
  expect((await rules().get(rule.id)).retentionRule?.lastRunTime).toBeDefined();
  expect((await rules().preview(ofVerb)).statementCount).toBe(0n);
  const events = await lrs.sql("select 1 from outbox where type = 'coursemesh.lrs.v1.StatementsRetired'");
  expect(events).toHaveLength(1);
  const left = await lrs.sql<{ count: number }>(
    "select count(*)::int as count from statement_key k where not exists (select from statement s where s.tenant_id = k.tenant_id and s.position = k.position)",
  );
  expect(left).toEqual([{ count: 0 }]);
});

it("lets no removed statement come back: it is known, alone, beside others and whatever it says", async () => {
  const [gone, fresh] = [statement({ verb }), statement({ verb })];
  await calls.store([gone]);
  aDayLater();
  const rule = await rules().create({ ...ofVerb, enabled: true });
  await ended(rule.id);
  expect(await calls.store([gone])).toMatchObject({ ids: [gone.id], known: 1 });
  expect(await calls.store([{ ...gone, verb: { id: iri("verbs/other") } }, fresh])).toMatchObject({ known: 1 });
  expect(await calls.find(ofVerb.filter)).toEqual([fresh.id]);
  expect((await failure(calls.get(String(gone.id)))).reason).toBe("STATEMENT_NOT_FOUND");
});

it("neither repeats nor misses for those who are paging while statements leave", async () => {
  const kept = iri("verbs/kept");
  const mixed = Array.from({ length: 60 }, (_, index) =>
    statement({ verb: index % 2 === 0 ? verb : { id: kept }, object: { id: iri("courses/paged") } }),
  );
  await calls.store(mixed);
  const request = { filter: { activity: iri("courses/paged") }, ascending: true, limit: 20 };
  const first = await calls.query(request);
  aDayLater();
  const rule = await rules().create({ ...ofVerb, enabled: true });
  await ended(rule.id);
  const rest: string[] = [];
  for (let token = first.moreToken; token !== ""; ) {
    const page = await calls.query({ moreToken: token });
    rest.push(...page.statements.map(({ id }) => id));
    token = page.moreToken;
  }
  expect(rest).toEqual(
    mixed
      .slice(20)
      .filter((it) => (it.verb as Json).id === kept)
      .map(({ id }) => id),
  );
});

it("does nothing while it is switched off, and runs once it is switched on", async () => {
  const old = statement({ verb });
  await calls.store([old]);
  aDayLater();
  const rule = await rules().create(ofVerb);
  const { service } = rules();
  const update = (retentionRule: MessageInitShape<typeof RetentionRuleSchema>, ...paths: string[]) =>
    as(owner, () => service.updateRetentionRule({ retentionRule, updateMask: { paths } }));
  expect((await failure(update({ id: rule.id, etag: "99" }, "enabled"))).reason).toBe("ETAG_MISMATCH");
  expect(await rules().runs(rule.id)).toEqual([]);
  expect(await calls.find(ofVerb.filter)).toContain(old.id);
  await update({ id: rule.id, etag: rule.etag, enabled: true, name: "renamed" }, "enabled", "name");
  await ended(rule.id);
  expect(await calls.find(ofVerb.filter)).not.toContain(old.id);
  await as(owner, () => service.deleteRetentionRule({ id: rule.id }));
  expect((await failure(rules().get(rule.id))).reason).toBe("RETENTION_RULE_NOT_FOUND");
  expect(await rules().runs(rule.id)).toHaveLength(1);
});

it("makes one rule of a request that comes twice, and refuses another under its id", async () => {
  const requestId = randomUUID();
  const rule = await rules().create(ofVerb, requestId);
  expect((await rules().create(ofVerb, requestId)).id).toBe(rule.id);
  expect((await failure(rules().create({ name: "other" }, requestId))).reason).toBe("REQUEST_ID_REUSED");
  expect((await failure(rules().create({ filter: { agentJson: "{}" } }))).reason).toBe("QUERY_INVALID");
});

it("keeps organizations apart", async () => {
  const foreign = statementCalls(lrs, stranger);
  const theirs = statement({ verb });
  await foreign.store([theirs]);
  aDayLater();
  const rule = await rules().create({ enabled: true });
  await ended(rule.id);
  expect(await calls.find()).toEqual([]);
  expect(await foreign.find()).toEqual([theirs.id]);
  expect((await failure(rules(stranger).get(rule.id))).reason).toBe("RETENTION_RULE_NOT_FOUND");
  expect(await rules(stranger).runs()).toEqual([]);
});
