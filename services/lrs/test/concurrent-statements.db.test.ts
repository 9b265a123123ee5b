import { randomUUID } from "node:crypto";
import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { SummaryGroup } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { contend } from "./contending-writers.ts";
import { keyCaller, type LrsHarness, owner, startLrs } from "./lrs-harness.ts";
import {
  agent,
  idsOf,
  iri,
  jsonOf,
  ref,
  type StatementCalls,
  statement,
  statementCalls,
  VOIDED,
} from "./statement-calls.ts";

/** Two processes on one database. */
let here: LrsHarness;
let there: LrsHarness;
let calls: StatementCalls[];
beforeAll(async () => {
  here = await startLrs();
  there = await startLrs({ shared: here });
});
beforeEach(() => {
  // Every test in an organization of its own.
  const organizationId = randomUUID();
  calls = [here, there].map((it) => statementCalls(it, { ...owner, organizationId }));
});
afterAll(async () => {
  await there.stop();
  await here.stop();
});

const micros = (time: Timestamp | undefined): number => {
  const { seconds, nanos } = present(time);
  return Number(seconds) * 1e6 + nanos / 1000;
};
const first = (): StatementCalls => present(calls[0]);
const everything = async (): Promise<string[]> => (await first().pages({ ascending: true, limit: 500 })).flatMap(idsOf);

it("loses nothing and refuses nothing when 16 writers of batches of 50 share activities and actors", async () => {
  const { acknowledged, errors } = await contend(calls, { writers: 16, batchSize: 50, goOn: (done) => done < 3 });
  expect(errors).toEqual([]);
  expect(acknowledged.length).toBe(16 * 50 * 3);
  expect((await everything()).toSorted()).toEqual(acknowledged.toSorted());
});

it("shows a reader everything up to consistent_through, once, while two processes write", async () => {
  let writing = true;
  const written = contend(calls, { writers: 8, batchSize: 3, goOn: (done) => done < 12 }).finally(() => {
    writing = false;
  });
  const seen: string[] = [];
  let through: Timestamp | undefined;
  for (let last = false; !last; ) {
    last = !writing;
    const since = through;
    const page = await first().query({ ascending: true, limit: 500, filter: since ? { since } : {} });
    through = present(page.consistentThrough);
    seen.push(...idsOf({ statements: page.statements.filter(({ stored }) => micros(stored) <= micros(through)) }));
  }
  const { acknowledged } = await written;
  expect(seen.length).toBe(acknowledged.length);
  expect(seen).toEqual(await everything());
});

it.each([true, false])("pages neither repeat nor miss while others write (ascending: %s)", async (ascending) => {
  const before = (await contend(calls, { writers: 4, batchSize: 10, goOn: (done) => done < 3 })).acknowledged;
  const written = contend(calls, { writers: 4, batchSize: 3, goOn: (done) => done < 8 });
  const seen = (await first().pages({ ascending, limit: 7 })).flatMap(idsOf);
  await written;
  expect(new Set(seen).size).toBe(seen.length);
  expect(before.filter((id) => !seen.includes(id))).toEqual([]);
});

it("promises nothing beyond what is committed while a transaction is open, and makes nobody wait for readers", async () => {
  await first().store([statement()]);
  const [last] = (await first().query({ limit: 1 })).statements;
  const organizationId = String(jsonOf(last).authority && JSON.stringify(jsonOf(last).authority)).match(
    /[0-9a-f-]{36}/,
  )?.[0];
  const open = new pg.Client({ connectionString: here.test.urlOf("lrs") });
  await open.connect();
  await open.query("begin");
  await open.query("select set_config('app.tenant_id', $1, true)", [organizationId]);
  await open.query("select pg_advisory_xact_lock(turn_of($1))", [organizationId]);
  await open.query("update ingest_clock set position = greatest(position, clock_position()) + 1");
  const waiting = present(calls[1]).store([statement()]);
  const during = await first().query();
  expect(micros(during.consistentThrough)).toBe(micros(last?.stored));
  await open.query("commit");
  await open.end();
  const { stored } = await waiting;
  expect(micros(stored)).toBeGreaterThan(micros(during.consistentThrough));
  const after = await first().query();
  expect(after.statements.length).toBe(2);
  expect(micros(after.consistentThrough)).toBeGreaterThanOrEqual(micros(stored));
  const caller = { ...owner, organizationId: present(organizationId) };
  const { consistentThrough } = await as(caller, () => first().service.getConsistentThrough({}));
  expect(Math.abs(timestampMs(present(consistentThrough)) - Date.now())).toBeLessThan(60_000);
});

it("stores a statement once that both processes are given at the same time, and lets one of two meanings win", async () => {
  const same = statement();
  const answers = await Promise.all([0, 1, 0, 1].map((at) => present(calls[at]).store([same])));
  expect(answers.map(({ known }) => known).toSorted()).toEqual([0, 1, 1, 1]);
  const id = randomUUID();
  const outcomes = await Promise.allSettled(
    ["a", "b"].map((name, at) => present(calls[at]).store([statement(), { ...statement({ id }), actor: agent(name) }])),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1);
  expect((await everything()).length).toBe(3);
});

it("merges descriptions that two processes hear at the same time", async () => {
  const object = (language: string) => ({ id: iri("both"), definition: { name: { [language]: language } } });
  await Promise.all(
    ["de", "en", "fr", "it"].map((it, at) => present(calls[at % 2]).store([statement({ object: object(it) })])),
  );
  const [row] = await here.sql<{ definition: string }>("select definition from activity where iri = $1", [iri("both")]);
  expect(Object.keys(JSON.parse(row?.definition ?? "").name).toSorted()).toEqual(["de", "en", "fr", "it"]);
});

it("refuses what would wait too long, and stores none of it", async () => {
  const tight = await startLrs({ shared: here, env: { INGEST_QUEUE_STATEMENTS: "20" } });
  const mine = statementCalls(tight, { ...owner, organizationId: randomUUID() });
  const batches = Array.from({ length: 6 }, () => Array.from({ length: 10 }, () => statement()));
  const outcomes = await Promise.all(
    batches.map((batch) =>
      mine.store(batch).then(
        () => undefined,
        (error: unknown) => error,
      ),
    ),
  );
  const refused = outcomes.filter((it) => it !== undefined);
  expect(refused.length).toBe(4);
  for (const error of refused) {
    expect(await failure(Promise.reject(error))).toMatchObject({
      reason: "OVERLOADED",
      metadata: { retry_after_seconds: "1" },
    });
  }
  expect((await mine.find()).length).toBe(20);
  await tight.stop();
});

it("tails what is stored from now on, and fills the gap after a reconnection", async () => {
  const organizationId = randomUUID();
  const caller = { ...owner, organizationId };
  const mine = statementCalls(here, caller);
  const theirs = statementCalls(there, caller);
  const tail = async (count: number, resumeToken: string) => {
    const seen: string[] = [];
    let token = resumeToken;
    const gone = new AbortController();
    const stream = as(caller, () =>
      mine.service.tailStatements(
        { resumeToken: token, filter: { agentJson: JSON.stringify(agent("ann")) } },
        { signal: gone.signal },
      ),
    );
    for await (const message of stream) {
      seen.push(...idsOf(message));
      token = message.resumeToken;
      if (seen.length >= count) break;
      if (resumeToken === "" && seen.length === 0)
        await theirs.store([statement(), statement({ actor: agent("bob") })]);
    }
    gone.abort();
    return { seen, token };
  };
  await mine.store([statement()]);
  const { seen, token } = await tail(1, "");
  const gap = await theirs.store([statement(), statement()]);
  expect((await tail(2, token)).seen).toEqual(gap.ids);
  expect(seen.length).toBe(1);
  expect(
    (
      await failure(
        (async () => {
          for await (const _ of as(owner, () => mine.service.tailStatements({ resumeToken: token }))) break;
        })(),
      )
    ).reason,
  ).toBe("MORE_TOKEN_INVALID");
});

it("counts by agent, activity, verb, day and authority", async () => {
  const organizationId = randomUUID();
  const caller = keyCaller("counting", { ...owner, organizationId });
  const mine = statementCalls(here, caller);
  const voided = statement({ actor: agent("gone") });
  await mine.store([
    ...[1, 2, 3].map(() => statement({ actor: { ...agent("ann"), name: "Ann" } })),
    statement({ actor: agent("bob"), object: { id: iri("courses/2"), definition: { name: { en: "Two" } } } }),
    voided,
  ]);
  await mine.store([
    statement({ actor: agent("bob"), verb: { id: VOIDED, display: { en: "voided" } }, object: ref(String(voided.id)) }),
  ]);
  const summarize = async (groupBy: SummaryGroup, filter = {}, pageSize = 10) => {
    const { summaries } = await as(caller, () =>
      mine.service.summarizeStatements({ groupBy, filter, page: { pageSize } }),
    );
    return summaries.map(({ name, statementCount }) => [name, Number(statementCount)]);
  };
  expect((await summarize(SummaryGroup.AGENT))[0]).toEqual(["Ann", 3]);
  expect(await summarize(SummaryGroup.ACTIVITY)).toEqual([
    [iri("courses/1"), 3],
    ["Two", 1],
  ]);
  expect(await summarize(SummaryGroup.VERB)).toEqual([
    [iri("verbs/experienced"), 4],
    ["voided", 1],
  ]);
  expect(await summarize(SummaryGroup.VERB, { activity: iri("courses/2") })).toEqual([[iri("verbs/experienced"), 1]]);
  expect(await summarize(SummaryGroup.DAY)).toEqual([[new Date().toISOString().slice(0, 10), 5]]);
  const authority = await as(caller, () =>
    mine.service.summarizeStatements({ groupBy: SummaryGroup.AUTHORITY, page: { pageSize: 1 } }),
  );
  expect(JSON.parse(present(authority.summaries[0]).key).account.name).toBe("counting");
  const page = await as(caller, () =>
    mine.service.summarizeStatements({ groupBy: SummaryGroup.VERB, page: { pageSize: 1 } }),
  );
  const pageToken = present(page.page).nextPageToken;
  const next = await as(caller, () =>
    mine.service.summarizeStatements({ groupBy: SummaryGroup.VERB, page: { pageSize: 1, pageToken } }),
  );
  expect(next.summaries.map(({ name }) => name)).toEqual(["voided"]);
});
