import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { Acknowledgement, type ExternalSession } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
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

const calls = () => callsOf(harness).sessions;

/** Launches learners; answers their sessions by learner. */
async function learn(dispatch: Dispatch, ...learners: string[]): Promise<Map<string, ExternalSession>> {
  const from = await host.importPackage(dispatch);
  for (const learner of learners) await host.launch(from, learner);
  const { externalSessions } = await calls().listExternalSessions({ dispatchId: dispatch.id });
  return new Map(externalSessions.map((session) => [session.learnerId, session]));
}

it("shows a session with the course's data, and lists by learner, time, state and place", async () => {
  const destination = await addDestination(harness);
  const dispatch = await addDispatch(harness, { destinationId: destination.id });
  const sessions = await learn(dispatch, "ann", "bob", "cyd");
  const ann = sessions.get("ann");
  const { externalSession } = await calls().getExternalSession({ id: ann?.id ?? "" });
  expect(externalSession).toMatchObject({
    dispatchId: dispatch.id,
    destinationId: destination.id,
    courseId: dispatch.courseId,
    learnerId: "ann",
    launchCount: 1n,
    revoked: false,
  });
  expect(JSON.parse(Buffer.from(externalSession?.cmiJson ?? "").toString())).toEqual({
    A: { "cmi.core.lesson_location": "3" },
  });
  expect(ann?.cmiJson).toHaveLength(0);
  await harness.sql(
    "update external_session set finished_at = now(), acknowledgement = $2, completion = 3 where id = $1",
    [ann?.id, Acknowledgement.REFUSED],
  );
  const found = async (filter: object) =>
    (await calls().listExternalSessions({ dispatchId: dispatch.id, ...filter })).externalSessions.map(
      (it) => it.learnerId,
    );
  expect(await found({ query: "BO" })).toEqual(["bob"]);
  expect(await found({ finished: true })).toEqual(["ann"]);
  expect(await found({ acknowledgements: [Acknowledgement.REFUSED] })).toEqual(["ann"]);
  expect(await found({ registrationId: sessions.get("cyd")?.registrationId })).toEqual(["cyd"]);
  expect(await found({ deploymentId: ann?.deploymentId })).toHaveLength(3);
  expect(await found({ destinationId: uuidV7() })).toEqual([]);
  expect(await found({ activeUntil: timestampFromDate(new Date(0)) })).toEqual([]);
  const page = { pageSize: 2, withTotal: true };
  const first = await calls().listExternalSessions({ dispatchId: dispatch.id, page });
  expect([first.externalSessions.length, first.page?.total]).toEqual([2, 3n]);
  const rest = { pageSize: 2, pageToken: first.page?.nextPageToken ?? "" };
  expect(await found({ page: rest })).toHaveLength(1);
  const others = callsOf(harness, stranger).sessions;
  expect((await others.listExternalSessions({})).externalSessions).toEqual([]);
  expect(await refusal(others.getExternalSession({ id: ann?.id ?? "" }))).toBe("EXTERNAL_SESSION_NOT_FOUND");
  expect(await refusal(others.revokeExternalSession({ id: ann?.id ?? "" }))).toBe("EXTERNAL_SESSION_NOT_FOUND");
});

it("ends the launches of a session that is revoked", async () => {
  const dispatch = await addDispatch(harness);
  const from = await host.importPackage(dispatch);
  const { redeemed } = await host.launch(from, "ann");
  const [session] = (await calls().listExternalSessions({ dispatchId: dispatch.id })).externalSessions;
  for (let again = 0; again < 2; again += 1) await calls().revokeExternalSession({ id: session?.id ?? "" });
  await expect.poll(() => harness.runtime.revoked).toContain(redeemed.launchId);
  expect((await host.open(host.request(from, "ann"))).outcome.case).toBe("refusal");
  expect((await calls().getExternalSession({ id: session?.id ?? "" })).externalSession?.revoked).toBe(true);
});

it("puts a learner who was counted twice behind the other, and counts again", async () => {
  const destination = await addDestination(harness);
  const dispatch = await addDispatch(harness, {
    destinationId: destination.id,
    terms: { usageLimit: 2, seatLimit: 2 },
  });
  const sessions = await learn(dispatch, "ann", "ann-again");
  const [id, duplicateId] = [sessions.get("ann")?.id ?? "", sessions.get("ann-again")?.id ?? ""];
  const from = await host.importPackage(dispatch);
  expect((await host.open(host.request(from, "bob"))).outcome.case).toBe("refusal");
  await harness.sql(
    "update external_session set finished_at = now(), acknowledgement = $2, completion = $3 where id = $1",
    [duplicateId, Acknowledgement.REFUSED, Completion.COMPLETE],
  );
  for (let again = 0; again < 2; again += 1) {
    const merged = await calls().mergeExternalSessions({ requestId: uuidV7(), id, duplicateId });
    expect(merged.externalSession).toMatchObject({ id, learnerId: "ann", launchCount: 2n });
  }
  const { summary } =
    (await callsOf(harness).dispatches.getDispatch({ by: { case: "id", value: dispatch.id } })).dispatch ?? {};
  expect(summary).toMatchObject({
    uniqueLearnerCount: 1n,
    completionCount: 0n,
    unacknowledgedCount: 0n,
    usage: { used: 1n, usedTotal: 1n, seatsTaken: 1 },
  });
  const whole = await callsOf(harness).licences.getLicence({ of: { case: "destinationId", value: destination.id } });
  expect(whole.licence?.usage).toMatchObject({ used: 1n, usedTotal: 1n });
  expect(
    await harness.sql("select unique_learner_count::int as n from deployment where dispatch_id = $1", [dispatch.id]),
  ).toEqual([{ n: 1 }]);
  expect((await calls().listExternalSessions({ dispatchId: dispatch.id })).externalSessions).toHaveLength(1);
  // Whoever comes as the other goes on in the one that stays, and there is room for one more.
  await host.launch(from, "ann-again");
  await host.launch(from, "bob");
  expect((await calls().listExternalSessions({ dispatchId: dispatch.id })).externalSessions).toHaveLength(2);
  const other = [...(await learn(await addDispatch(harness), "zoe")).values()][0]?.id ?? "";
  const merge = (a: string, b: string) => calls().mergeExternalSessions({ requestId: uuidV7(), id: a, duplicateId: b });
  expect(await refusal(merge(id, other))).toBe("SESSIONS_NOT_MERGEABLE");
  expect(await refusal(merge(id, id))).toBe("SESSIONS_NOT_MERGEABLE");
  expect(await refusal(merge(duplicateId, id))).toBe("SESSIONS_NOT_MERGEABLE");
  expect(await refusal(merge(id, uuidV7()))).toBe("EXTERNAL_SESSION_NOT_FOUND");
});

it("tries a dispatch out without counting it", async () => {
  const dispatch = await addDispatch(harness, { terms: { usageLimit: 1 } });
  const requestId = uuidV7();
  const { url, expireTime } = await callsOf(harness).dispatches.createTestLaunch({ requestId, id: dispatch.id });
  expect(url).toMatch(new RegExp(`^http://dispatch.test/dispatch/v1/bridge/${dispatch.id}#.+`));
  expect(expireTime).toBeDefined();
  expect((await callsOf(harness).dispatches.createTestLaunch({ requestId, id: dispatch.id })).url).toBe(url);
  expect((await calls().listExternalSessions({ dispatchId: dispatch.id })).externalSessions).toEqual([]);
  const { summary } =
    (await callsOf(harness).dispatches.getDispatch({ by: { case: "id", value: dispatch.id } })).dispatch ?? {};
  expect(summary).toMatchObject({ launchCount: 0n, uniqueLearnerCount: 0n, usage: { used: 0n, seatsTaken: 0 } });
  const missing = { requestId: uuidV7(), id: uuidV7() };
  expect(await refusal(callsOf(harness).dispatches.createTestLaunch(missing))).toBe("DISPATCH_NOT_FOUND");
  const theirs = callsOf(harness, stranger).dispatches.createTestLaunch({ requestId: uuidV7(), id: dispatch.id });
  expect(await refusal(theirs)).toBe("DISPATCH_NOT_FOUND");
});
