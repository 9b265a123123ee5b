import { timestampFromDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LicenceStatus, RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  refusal,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";

let harness: DispatchHarness;
const clock = Date.UTC(2027, 0, 1);
beforeAll(async () => {
  harness = await startDispatch({ now: () => new Date(clock) });
});
afterAll(() => harness.stop());

const calls = () => callsOf(harness).licences;
const ago = (seconds: number): Date => new Date(clock - seconds * 1000);

/** Writes a seat as an admission does. */
async function sit(dispatchId: string, learnerKey: string, lastUsedAt: Date): Promise<string> {
  const id = uuidV7();
  await harness.sql(
    `insert into seat (id, dispatch_id, tenant_id, destination_id, learner_key, first_used_at, last_used_at)
     select $1, d.id, d.tenant_id, d.destination_id, $3, $4, $4 from dispatch d where d.id = $2`,
    [id, dispatchId, learnerKey, lastUsedAt],
  );
  return id;
}

/** Writes a session, and a launch of the runtime in it. */
async function launch(dispatchId: string, learnerKey: string): Promise<{ sessionId: string; launchId: string }> {
  const [sessionId, launchId] = [uuidV7(), uuidV7()];
  await harness.sql(
    `insert into external_session (id, tenant_id, dispatch_id, destination_id, learner_key, learner_id, instance_token, launched_at, last_activity_at)
     select $1, d.tenant_id, d.id, d.destination_id, $3, 'jane', $4, now(), now() from dispatch d where d.id = $2`,
    [sessionId, dispatchId, learnerKey, uuidV7()],
  );
  await harness.sql(
    `insert into launch_exchange (id, tenant_id, dispatch_id, external_session_id, request_id, request_hash, signing_key_id, code_hash, expires_at, launch_id, kind)
     select $1, d.tenant_id, d.id, $3, $1, '', '', $4, now(), $5, 1 from dispatch d where d.id = $2`,
    [uuidV7(), dispatchId, sessionId, Buffer.from(uuidV7()), launchId],
  );
  return { sessionId, launchId };
}

it("says what is used of the terms of a dispatch and of a customer", async () => {
  const destination = await addDestination(harness, { name: "ACME", terms: { seatLimit: 9, seatIdleSeconds: 600 } });
  const of = { destinationId: destination.id };
  const terms = { usageLimit: 10, seatIdleSeconds: 60 };
  const [a, b] = [await addDispatch(harness, { ...of, name: "A", terms }), await addDispatch(harness, of)];
  await sit(a.id, "jane", ago(59));
  await sit(a.id, "joe", ago(61));
  await sit(b.id, "jane", ago(9_000));
  await harness.sql("update licence_usage set used = 10, used_total = 12 where subject_id = $1", [a.id]);
  const { licence } = await calls().getLicence({ of: { case: "dispatchId", value: a.id } });
  expect(licence).toMatchObject({
    of: { case: "dispatchId", value: a.id },
    name: "A",
    terms: { usageLimit: 10 },
    usage: { used: 10n, usedTotal: 12n, seatsTaken: 1, status: LicenceStatus.LIMIT_REACHED },
  });
  const whole = await calls().getLicence({ of: { case: "destinationId", value: destination.id } });
  expect(whole.licence).toMatchObject({ name: "ACME", usage: { seatsTaken: 2, status: LicenceStatus.ACTIVE } });
  const missing = { of: { case: "destinationId" as const, value: uuidV7() } };
  expect(await refusal(calls().getLicence(missing))).toBe("DESTINATION_NOT_FOUND");
});

it("lists those nearest their limit first, and by state as each says itself", async () => {
  const caller = { ...stranger, organizationId: "00000000-0000-7000-8000-0000000000d4" };
  const { licences } = callsOf(harness, caller);
  const add = (name: string, wishes: object) => addDispatch(harness, { name, ...wishes }, caller);
  await add("endless", {});
  const half = await add("half", { terms: { usageLimit: 10 } });
  const full = await add("full", { terms: { usageLimit: 2 } });
  await add("later", { terms: { startTime: timestampFromDate(new Date(clock + 1)) } });
  await add("over", { terms: { expireTime: timestampFromDate(new Date(clock)) } });
  await add("off", { enabled: false });
  for (const [id, used] of [[half.id, 5] as const, [full.id, 2] as const])
    await harness.sql("update licence_usage set used = $2 where subject_id = $1", [id, used]);
  const all: (readonly [string, LicenceStatus | undefined])[] = [];
  let pageToken = "";
  do {
    const { licences: rows, page } = await licences.listLicences({ page: { pageSize: 2, pageToken } });
    all.push(...rows.map((it) => [it.name, it.usage?.status] as const));
    pageToken = page?.nextPageToken ?? "";
  } while (pageToken !== "");
  expect(all.slice(0, 2).map(([name]) => name)).toEqual(["full", "half"]);
  expect(all).toHaveLength(6);
  const { ACTIVE, DISABLED, EXPIRED, LIMIT_REACHED, SCHEDULED } = LicenceStatus;
  for (const status of [ACTIVE, DISABLED, SCHEDULED, EXPIRED, LIMIT_REACHED]) {
    const listed = await licences.listLicences({ statuses: [status], page: { withTotal: true } });
    const expected = all.filter((it) => it[1] === status).map(([name]) => name);
    expect(listed.licences.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    expect(listed.page?.total).toBe(BigInt(expected.length));
    expect(expected.length).toBeGreaterThan(0);
  }
});

it("counts again from zero once per request; learners who are in keep their place", async () => {
  const { id } = await addDispatch(harness, { terms: { usageLimit: 1, seatLimit: 1 } });
  await sit(id, "jane", ago(1));
  await harness.sql(
    "update licence_usage set used = 1, used_total = 1, limit_reached_at = now() where subject_id = $1",
    [id],
  );
  const request = { requestId: uuidV7(), of: { case: "dispatchId" as const, value: id } };
  const { licence } = await calls().resetUsage(request);
  expect(licence?.usage).toMatchObject({ used: 0n, usedTotal: 1n, seatsTaken: 1, status: LicenceStatus.ACTIVE });
  expect(timestampMs(licence?.usage?.resetTime ?? timestampFromDate(new Date(0)))).toBe(clock);
  await harness.sql("update licence_usage set used = 1 where subject_id = $1", [id]);
  expect((await calls().resetUsage(request)).licence?.usage?.used).toBe(1n);
  const foreign = callsOf(harness, stranger).licences.resetUsage({ ...request, requestId: uuidV7() });
  expect(await refusal(foreign)).toBe("DISPATCH_NOT_FOUND");
});

it("lists seats, latest use first, frees them, and ends launches when it revokes", async () => {
  const { id } = await addDispatch(harness, { terms: { seatLimit: 5, seatIdleSeconds: 60 } });
  const seats = { jane: await sit(id, "jane", ago(10)), joe: await sit(id, "joe", ago(20)) };
  await sit(id, "gone", ago(61));
  const { sessionId, launchId } = await launch(id, "jane");
  const listed = await calls().listSeats({ dispatchId: id, page: { pageSize: 1, withTotal: true } });
  expect(listed.seats).toMatchObject([{ id: seats.jane, externalSessionId: sessionId, learnerId: "jane" }]);
  expect(timestampMs(listed.seats[0]?.freeTime ?? timestampFromDate(new Date(0)))).toBe(clock + 50_000);
  expect(listed.page?.total).toBe(2n);
  const next = await calls().listSeats({
    dispatchId: id,
    page: { pageSize: 1, pageToken: listed.page?.nextPageToken ?? "" },
  });
  expect(next.seats).toMatchObject([{ id: seats.joe, externalSessionId: "" }]);
  await calls().releaseSeat({ dispatchId: id, seatId: seats.joe });
  expect(harness.runtime.revoked).toEqual([]);
  for (let again = 0; again < 2; again += 1)
    await calls().releaseSeat({ dispatchId: id, seatId: seats.jane, revoke: true });
  await calls().releaseSeat({ dispatchId: id, seatId: uuidV7(), revoke: true });
  expect((await calls().listSeats({ dispatchId: id })).seats).toEqual([]);
  await expect.poll(() => harness.runtime.revoked).toContain(launchId);
  const rows = await harness.sql(
    "select learner_key, revoked from seat where released_at is not null order by learner_key",
  );
  expect(rows).toEqual([
    { learner_key: "jane", revoked: true },
    { learner_key: "joe", revoked: false },
  ]);
  expect(
    await harness.sql("select from external_session where id = $1 and revoked_at is not null", [sessionId]),
  ).toHaveLength(1);
  expect(await refusal(callsOf(harness, stranger).licences.listSeats({ dispatchId: id }))).toBe("DISPATCH_NOT_FOUND");
});

it("lists refusals, newest first, by reason and time", async () => {
  const dispatch = await addDispatch(harness);
  const refuse = (reason: RefusalReason, origin: string) =>
    harness.sql(
      `insert into refusal (id, tenant_id, dispatch_id, destination_id, reason, learner_id, origin, created_at) values ($1, $2, $3, $4, $5, 'joe', $6, $7)`,
      [uuidV7(), owner.organizationId, dispatch.id, dispatch.destinationId, reason, origin, new Date(clock)],
    );
  await refuse(RefusalReason.DISABLED, "https://lms.example.com");
  await refuse(RefusalReason.SEATS_TAKEN, "");
  const { refusals } = await calls().listRefusals({ dispatchId: dispatch.id });
  expect(refusals).toMatchObject([
    { reason: RefusalReason.SEATS_TAKEN, domain: "" },
    { reason: RefusalReason.DISABLED, domain: "lms.example.com", learnerId: "joe", dispatchId: dispatch.id },
  ]);
  const page = { pageSize: 1, withTotal: true };
  const disabled = await calls().listRefusals({ reasons: [RefusalReason.DISABLED], page });
  expect([disabled.refusals.length, disabled.page?.total]).toEqual([1, 1n]);
  const since = timestampFromDate(new Date(clock + 1));
  expect((await calls().listRefusals({ since })).refusals).toEqual([]);
  expect((await callsOf(harness, stranger).licences.listRefusals({})).refusals).toEqual([]);
  const { summary } =
    (await callsOf(harness).dispatches.getDispatch({ by: { case: "id", value: dispatch.id } })).dispatch ?? {};
  expect(summary?.usage?.refusalCount).toBe(2n);
});
