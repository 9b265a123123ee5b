import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { ResultAcknowledgedSchema, ResultRefusedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { ReceiptOutcome, ReceiptSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendReceipts } from "../src/receipt/store-receipts.ts";
import {
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { type TestHost, testHost } from "./launching.ts";

let harness: DispatchHarness;
let host: TestHost;
beforeAll(async () => {
  harness = await startDispatch();
  host = testHost(harness);
});
afterAll(async () => {
  await host.stop();
  await harness.stop();
});

const calls = () => callsOf(harness).receipts;
const { ACCEPTED, REFUSED } = ReceiptOutcome;
type Wishes = MessageInitShape<typeof ReceiptSchema>;
const receipt = (sequence: number, wishes: Wishes = {}) =>
  create(ReceiptSchema, {
    ...{ sequence: BigInt(sequence), call: "LMSSetValue", returned: "true", errorCode: "0", outcome: ACCEPTED },
    ...wishes,
  });
const status = (sequence: number, resultSequence: bigint, wishes: Wishes = {}) =>
  receipt(sequence, { element: "cmi.core.lesson_status", value: "completed", resultSequence, ...wishes });
const commit = (sequence: number, resultSequence: bigint, wishes: Wishes = {}) =>
  receipt(sequence, { call: "LMSCommit", resultSequence, ...wishes });

/** A learner who has finished here, in a launch whose host was not told yet. */
async function finished(learner = uuidV7()) {
  const dispatch = await addDispatch(harness);
  const imported = await host.importPackage(dispatch);
  const { sessionToken } = await host.launch(imported, learner);
  const [session] = await harness.sql<{ id: string }>("select id from external_session where dispatch_id = $1", [
    dispatch.id,
  ]);
  const id = session?.id ?? "";
  await harness.sql(
    `update external_session set result_sequence = 1, result = '\\x', finished_at = now(), acknowledgement = ${Acknowledgement.PENDING} where id = $1`,
    [id],
  );
  const told = async (...receipts: ReturnType<typeof receipt>[]) => {
    const answer = await callsOf(harness, anonymous).receipts.recordReceipts({ sessionToken, receipts });
    return Number(answer.acknowledgedSequence);
  };
  const standing = async () => {
    const [row] = await harness.sql<{ acknowledgement: number; attempt_count: number; acknowledged_sequence: string }>(
      "select acknowledgement, attempt_count, acknowledged_sequence from external_session where id = $1",
      [id],
    );
    return [row?.acknowledgement, row?.attempt_count, Number(row?.acknowledged_sequence)];
  };
  const relaunch = async () => (await host.launch(imported, learner, { freshEntry: false })).sessionToken;
  const waiting = async () => (await calls().listUnacknowledgedResults({ dispatchId: dispatch.id })).results;
  return { dispatch, id, sessionToken, told, standing, relaunch, waiting };
}

describe("recording", () => {
  it("keeps each number once, in any order, and acknowledges up to the first gap", async () => {
    const { told, id } = await finished();
    expect(await told(receipt(1), receipt(3))).toBe(1);
    expect(await told(receipt(3, { value: "another" }), receipt(5))).toBe(1);
    expect(await told(receipt(2))).toBe(3);
    expect(await told(receipt(4), receipt(4))).toBe(5);
    const { entries, page } = await calls().listReceipts({ externalSessionId: id, page: { withTotal: true } });
    expect(page?.total).toBe(5n);
    expect(entries.map((it) => Number(it.receipt?.sequence)).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(entries.some((it) => it.receipt?.value === "another")).toBe(false);
  });

  it("takes the same from many requests at once", async () => {
    const { told, id } = await finished();
    const all = Array.from({ length: 40 }, (_, index) => receipt(index + 1));
    const pieces = [all.slice(20), all.slice(0, 25), all, all.toReversed(), all.slice(10, 30)];
    const answers = await Promise.all(pieces.map((piece) => told(...piece)));
    expect(Math.max(...answers)).toBe(40);
    expect((await calls().listReceipts({ externalSessionId: id, page: { withTotal: true } })).page?.total).toBe(40n);
  });

  it("keeps nothing of who the learner is or answered, and any text a host may return", async () => {
    const { told, id } = await finished();
    await told(
      receipt(1, { call: "LMSGetValue", element: "cmi.core.student_name", returned: "Doe, Jane" }),
      receipt(2, { element: "cmi.interactions.0.student_response", value: "secret" }),
      receipt(3, { call: "LMSGetValue", element: "cmi.core.entry", returned: "a\0b", errorText: "\0" }),
    );
    const { entries } = await calls().listReceipts({ externalSessionId: id });
    const texts = entries.map((it) => [it.receipt?.value, it.receipt?.returned]).toReversed();
    expect(texts).toEqual([
      ["", ""],
      ["", ""],
      ["", "a\ufffdb"],
    ]);
  });

  it("refuses strangers, forged tokens, and numbers that cannot be", async () => {
    const { told, sessionToken } = await finished();
    const nobody = callsOf(harness, anonymous).receipts;
    const forged = `${sessionToken.slice(0, -3)}AAA`;
    expect(await refusal(nobody.recordReceipts({ sessionToken: forged, receipts: [receipt(1)] }))).toBe(
      "SESSION_TOKEN_INVALID",
    );
    expect(await refusal(told(receipt(9_000_000)))).toBe("RATE_LIMITED");
    const { entries } = await callsOf(harness, stranger).receipts.listReceipts({});
    expect(entries).toEqual([]);
  });
});

describe("acknowledging", () => {
  it("says that the host has the result once status and Commit were taken, and announces it once", async () => {
    const { told, standing, id, waiting } = await finished();
    expect(await waiting()).toHaveLength(1);
    await told(status(1, 1n));
    expect(await standing()).toEqual([Acknowledgement.PENDING, 0, 0]);
    await told(commit(2, 1n));
    await told(commit(2, 1n));
    expect(await standing()).toEqual([Acknowledgement.ACCEPTED, 0, 1]);
    expect(await waiting()).toEqual([]);
    const events = (await harness.announced(ResultAcknowledgedSchema)).filter((it) => it.externalSessionId === id);
    expect(events.map((it) => it.hostResult?.completion)).toEqual([Completion.COMPLETE]);
  });

  it("waits for what is missing in between, which may be a refusal", async () => {
    const { told, standing } = await finished();
    await told(status(1, 1n), commit(3, 1n));
    expect(await standing()).toEqual([Acknowledgement.PENDING, 0, 0]);
    await told(receipt(2, { element: "cmi.core.score.raw", resultSequence: 1n, outcome: REFUSED, errorCode: "405" }));
    expect(await standing()).toEqual([Acknowledgement.REFUSED, 1, 0]);
  });

  it("counts an attempt for each launch in which the host refused, and says why", async () => {
    const { told, standing, relaunch, id, waiting } = await finished();
    const refused = { outcome: REFUSED, errorCode: "351", returned: "false", element: "cmi.completion_status" };
    await told(status(1, 1n, refused), commit(2, 1n));
    await told(status(3, 1n, refused), commit(4, 1n));
    expect(await standing()).toEqual([Acknowledgement.REFUSED, 1, 0]);
    const again = { sessionToken: await relaunch(), receipts: [status(1, 1n, refused)] };
    await callsOf(harness, anonymous).receipts.recordReceipts(again);
    expect(await standing()).toEqual([Acknowledgement.REFUSED, 2, 0]);
    const [entry] = (await calls().listReceipts({ externalSessionId: id, outcomes: [REFUSED] })).entries;
    expect(entry?.summary).toBe("their LMS refused completion with error 351");
    const [result] = await waiting();
    expect(result).toMatchObject({ attemptCount: 2, lastReceipt: { errorCode: "351" }, externalSession: { id } });
    const events = (await harness.announced(ResultRefusedSchema)).filter((it) => it.externalSessionId === id);
    expect(events.map((it) => it.receipt?.errorCode)).toEqual(["351", "351"]);
    await callsOf(harness, anonymous).receipts.recordReceipts({
      ...again,
      receipts: [status(2, 1n, { element: refused.element }), commit(3, 1n)],
    });
    expect(await standing()).toEqual([Acknowledgement.ACCEPTED, 0, 1]);
  });

  it("believes no page that says it told what there is not", async () => {
    const { told, standing } = await finished();
    await told(status(1, 7n), commit(2, 7n));
    expect(await standing()).toEqual([Acknowledgement.PENDING, 0, 0]);
  });

  it("takes what we told from server to server in the same way", async () => {
    const { id, dispatch, standing } = await finished();
    const [exchange] = await harness.sql<{ id: string }>(
      "select id from launch_exchange where external_session_id = $1",
      [id],
    );
    const launch = {
      ...{
        tenantId: owner.organizationId,
        exchangeId: exchange?.id ?? "",
        externalSessionId: id,
        dispatchId: dispatch.id,
      },
      deploymentId: null,
    };
    const pool = new pg.Pool({ connectionString: harness.test.urlOf("dispatch"), max: 1 });
    const tell = (outcome: ReceiptOutcome) =>
      inTenant(pool, owner.organizationId, (client) =>
        appendReceipts(client, launch, [receipt(0, { call: "PutParam", resultSequence: 1n, outcome })], new Date()),
      );
    expect(await tell(ReceiptOutcome.SILENT)).toBe(1);
    expect(await standing()).toEqual([Acknowledgement.REFUSED, 1, 0]);
    expect(await tell(ACCEPTED)).toBe(2);
    await pool.end();
    expect(await standing()).toEqual([Acknowledgement.ACCEPTED, 0, 1]);
  });
});

describe("putting right", () => {
  it("tells a result again under a new number, once for each request", async () => {
    const { id, told, standing, waiting, sessionToken } = await finished();
    await told(status(1, 1n), commit(2, 1n));
    const requestId = uuidV7();
    expect((await calls().resendResult({ requestId, externalSessionId: id })).sent).toBe(true);
    expect((await calls().resendResult({ requestId, externalSessionId: id })).sent).toBe(true);
    expect(await standing()).toEqual([Acknowledgement.PENDING, 0, 1]);
    expect(await waiting()).toHaveLength(1);
    const asked = { sessionToken, afterSequence: 1n, waitMs: 0 };
    const { results } = await callsOf(harness, anonymous).launches.getPendingResults(asked);
    expect(results.map(({ sequence }) => sequence)).toEqual([2n]);
    await told(status(3, 2n), commit(4, 2n));
    expect(await standing()).toEqual([Acknowledgement.ACCEPTED, 0, 2]);
  });

  it("settles a result outside, and says which are not there", async () => {
    const { id, waiting } = await finished();
    const note = "Entered by hand";
    await calls().settleResult({ externalSessionId: id, note });
    expect(await waiting()).toEqual([]);
    expect(await harness.sql("select settled_note from external_session where id = $1", [id])).toEqual([
      { settled_note: note },
    ]);
    await calls().resendResult({ requestId: uuidV7(), externalSessionId: id });
    expect(await waiting()).toHaveLength(1);
    const absent = uuidV7();
    expect(await refusal(calls().settleResult({ externalSessionId: absent, note }))).toBe("EXTERNAL_SESSION_NOT_FOUND");
    expect(await refusal(calls().resendResult({ requestId: uuidV7(), externalSessionId: absent }))).toBe(
      "EXTERNAL_SESSION_NOT_FOUND",
    );
    expect(await refusal(callsOf(harness, stranger).receipts.settleResult({ externalSessionId: id, note }))).toBe(
      "EXTERNAL_SESSION_NOT_FOUND",
    );
  });

  it("lists by pages, oldest results and newest receipts first", async () => {
    const sessions = [await finished(), await finished(), await finished()];
    const { results } = await calls().listUnacknowledgedResults({ page: { pageSize: 500, pageToken: "" } });
    const order = results.map((it) => it.externalSession?.id).filter((id) => sessions.some((it) => it.id === id));
    expect(order).toEqual(sessions.map(({ id }) => id));
    const [first] = sessions;
    await first?.told(...Array.from({ length: 5 }, (_, index) => receipt(index + 1)));
    const seen: number[] = [];
    for (let pageToken = ""; ; ) {
      const { entries, page } = await calls().listReceipts({
        externalSessionId: first?.id ?? "",
        page: { pageSize: 2, pageToken },
      });
      seen.push(...entries.map((it) => Number(it.receipt?.sequence)));
      if (!page?.nextPageToken) break;
      pageToken = page.nextPageToken;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });
});
