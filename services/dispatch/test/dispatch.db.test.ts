import { create } from "@bufbuild/protobuf";
import { timestampFromDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { CourseDeletedSchema, CourseVersionDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  CallbackAuth,
  CallbackFormat,
  DispatchOrder,
  DispatchSchema,
  DispatchStatus,
  Instancing,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  DispatchCreatedSchema,
  DispatchDeletedSchema,
  DispatchUpdatedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { UsageRule } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PostbackAuth, PostbackBody, PostbackResults } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addDestination,
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  refusal,
  refusalFacts,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";
import { REFUSED_HOST } from "./fake-webhook.ts";

let harness: DispatchHarness;
let clock = Date.UTC(2027, 0, 1);
beforeAll(async () => {
  harness = await startDispatch({ now: () => new Date(clock) });
});
afterAll(() => harness.stop());

const calls = () => callsOf(harness).dispatches;
const read = async (id: string) => (await calls().getDispatch({ by: { case: "id", value: id } })).dispatch;
const update = async (id: string, change: object, ...paths: string[]) =>
  (await calls().updateDispatch({ dispatch: { id, ...change }, updateMask: { paths } })).dispatch;

it("makes a dispatch once per request, called as its course, with defaults", async () => {
  const course = harness.catalog.addCourse(owner.organizationId, "Fire safety");
  const destination = await addDestination(harness);
  const requestId = uuidV7();
  const dispatch = create(DispatchSchema, { courseId: course.id, destinationId: destination.id, tags: ["a", "A"] });
  const first = (await calls().createDispatch({ requestId, dispatch })).dispatch;
  const again = (await calls().createDispatch({ requestId, dispatch })).dispatch;
  expect(again?.id).toBe(first?.id);
  expect(first).toMatchObject({
    externalId: first?.id,
    name: "Fire safety",
    tags: ["a"],
    enabled: true,
    trackingEnabled: true,
    hashLearner: false,
    instancing: Instancing.INSTANCED,
    status: DispatchStatus.AWAITING_CONTACT,
    terms: { usageRule: UsageRule.UNLIMITED, allowNewRegistrations: true },
    summary: { usage: { used: 0n, seatsTaken: 0 }, launchCount: 0n, unacknowledgedCount: 0n },
  });
  expect(first?.callback).toBeUndefined();
  const announced = (await harness.announced(DispatchCreatedSchema)).filter((it) => it.dispatch?.id === first?.id);
  expect(announced).toMatchObject([{ dispatch: { destinationId: destination.id, courseId: course.id } }]);
  const other = create(DispatchSchema, { ...dispatch, name: "Other" });
  expect(await refusal(calls().createDispatch({ requestId, dispatch: other }))).toBe("REQUEST_ID_REUSED");
});

it("refuses courses, versions and destinations that are not there, and external ids that are taken", async () => {
  const course = harness.catalog.addCourse(owner.organizationId);
  const foreign = harness.catalog.addCourse(stranger.organizationId);
  const destination = await addDestination(harness);
  const reasonOf = (wishes: object) =>
    refusal(addDispatch(harness, { courseId: course.id, destinationId: destination.id, ...wishes }));
  expect(await reasonOf({ courseId: foreign.id })).toBe("COURSE_NOT_FOUND");
  expect(await reasonOf({ destinationId: uuidV7() })).toBe("DESTINATION_NOT_FOUND");
  const otherVersion = harness.catalog.addCourse(owner.organizationId).currentVersion?.id;
  expect(await reasonOf({ pinnedCourseVersionId: otherVersion })).toBe("COURSE_VERSION_NOT_FOUND");
  await addDispatch(harness, { courseId: course.id, destinationId: destination.id, externalId: "taken" });
  expect(await reasonOf({ externalId: "taken" })).toBe("EXTERNAL_ID_TAKEN");
  const times = { startTime: timestampFromDate(new Date(2_000)), expireTime: timestampFromDate(new Date(1_000)) };
  expect(await reasonOf({ terms: times })).toBe("FIELD_INVALID");
  expect(await reasonOf({ terms: { allowedDomains: ["not a host"] } })).toBe("FIELD_INVALID");
});

it("tells results where the callback says, and shows its secret once", async () => {
  const course = harness.catalog.addCourse(owner.organizationId);
  const destination = await addDestination(harness);
  const callback = { url: "https://hooks.test/a", fallbackUrl: "https://hooks.test/b", format: CallbackFormat.FULL };
  const dispatch = create(DispatchSchema, { courseId: course.id, destinationId: destination.id, callback });
  const requestId = uuidV7();
  const made = await calls().createDispatch({ requestId, dispatch });
  const id = made.dispatch?.id ?? "";
  expect(made.callbackSecret).toMatch(/^whsec_/);
  expect((await calls().createDispatch({ requestId, dispatch })).callbackSecret).toBe("");
  expect(harness.webhook.owned.get(id)).toMatchObject({
    organizationId: owner.organizationId,
    secrets: [made.callbackSecret],
    fallbackUrl: "https://hooks.test/b",
    endpoint: {
      url: "https://hooks.test/a",
      filter: { types: ["dispatch.progressed"], dispatchIds: [id] },
      kind: { case: "postback", value: { auth: PostbackAuth.SIGNATURE, results: PostbackResults.FULL } },
    },
  });
  const shown = await read(id);
  expect(shown?.callback).toMatchObject({ url: "https://hooks.test/a", secret: "", password: "" });
  const [stored] = await harness.sql<{ row: string }>("select d::text as row from dispatch d where id = $1", [id]);
  expect(stored?.row).not.toContain(made.callbackSecret);

  const rotated = await calls().rotateCallbackSecret({ requestId: uuidV7(), id, overlapSeconds: 60 });
  expect(harness.webhook.owned.get(id)?.secrets).toEqual([rotated.callbackSecret, made.callbackSecret]);
  expect(timestampMs(rotated.oldExpireTime ?? timestampFromDate(new Date(0)))).toBe(clock + 60_000);

  const basic = { auth: CallbackAuth.BASIC, username: "ann", password: "pw" };
  await update(id, { callback: basic }, "callback.auth", "callback.username", "callback.password");
  expect(harness.webhook.owned.get(id)?.endpoint).toMatchObject({
    url: "https://hooks.test/a",
    kind: { value: { auth: PostbackAuth.BASIC, body: PostbackBody.JSON, username: "ann", password: "pw" } },
  });
  expect(await refusal(calls().rotateCallbackSecret({ requestId: uuidV7(), id }))).toBe("FIELD_INVALID");
  await update(id, {}, "callback");
  expect(harness.webhook.owned.has(id)).toBe(false);
});

it("keeps nothing of a dispatch whose callback is refused", async () => {
  const course = harness.catalog.addCourse(owner.organizationId);
  const url = `http://${REFUSED_HOST}/`;
  const wishes = { courseId: course.id, callback: { url } };
  expect(await refusalFacts(addDispatch(harness, wishes))).toMatchObject({ url });
  expect(await refusal(addDispatch(harness, wishes))).toBe("ADDRESS_REFUSED");
  expect((await calls().listDispatches({ courseId: course.id })).dispatches).toEqual([]);
  const { id } = await addDispatch(harness, { courseId: course.id, name: "Before" });
  expect(await refusal(update(id, { name: "After", callback: { url } }, "name", "callback"))).toBe("ADDRESS_REFUSED");
  expect(await read(id)).toMatchObject({ name: "Before" });
});

it("changes what is named and nothing else, and announces what changed", async () => {
  const { id, etag } = await addDispatch(harness, { notes: "kept", terms: { seatLimit: 50, usageLimit: 10 } });
  const expireTime = timestampFromDate(new Date(clock + 1_000));
  const changed = await update(
    id,
    { etag, terms: { usageLimit: 0, expireTime } },
    "terms.usage_limit",
    "terms.expire_time",
  );
  expect(changed).toMatchObject({
    notes: "kept",
    terms: { seatLimit: 50, usageLimit: 0, expireTime, usageRule: UsageRule.EXPIRING },
  });
  expect(await refusal(update(id, { etag, name: "x" }, "name"))).toBe("ETAG_MISMATCH");
  expect(await refusal(update(id, {}, "course_id"))).toBe("FIELD_INVALID");
  expect(await refusal(update(id, { terms: { usageRule: UsageRule.LIMITED } }, "terms.usage_rule"))).toBe(
    "FIELD_INVALID",
  );
  const [event] = (await harness.announced(DispatchUpdatedSchema)).filter((it) => it.dispatch?.id === id);
  expect(event?.changedFields).toEqual(["terms.usage_limit", "terms.expire_time"]);
});

it("says by badge, list and filter where a dispatch stands", async () => {
  const caller = { ...stranger, organizationId: "00000000-0000-7000-8000-0000000000d2" };
  const { dispatches, destinations } = callsOf(harness, caller);
  const soon = timestampFromDate(new Date(clock + 10_000));
  const live = await addDestination(harness, {}, caller);
  const shut = await addDestination(harness, { enabled: false }, caller);
  const spent = await addDestination(harness, { terms: { usageLimit: 5 } }, caller);
  const ending = await addDestination(harness, { terms: { expireTime: soon } }, caller);
  const add = (name: string, wishes: object) =>
    addDispatch(harness, { name, destinationId: live.id, ...wishes }, caller);
  await add("waiting", {});
  await add("active", {});
  await add("disabled", { enabled: false });
  await add("of disabled", { destinationId: shut.id });
  await add("expired", { terms: { expireTime: soon } });
  await add("of expired", { destinationId: ending.id });
  await add("full", { terms: { usageLimit: 3 } });
  await add("of full", { destinationId: spent.id });
  await harness.sql("update dispatch set last_launch_at = now() where name = 'active'");
  await harness.sql(
    `update licence_usage set used = 5 where subject_id in (select id from dispatch where name = 'full' union select '${spent.id}')`,
  );
  clock += 10_000;
  const expected: readonly (readonly [DispatchStatus, readonly string[]])[] = [
    [DispatchStatus.AWAITING_CONTACT, ["waiting"]],
    [DispatchStatus.ACTIVE, ["active"]],
    [DispatchStatus.DISABLED, ["disabled", "of disabled"]],
    [DispatchStatus.EXPIRED, ["expired", "of expired"]],
    [DispatchStatus.LIMIT_REACHED, ["full", "of full"]],
  ];
  const all = (await dispatches.listDispatches({ order: DispatchOrder.NAME_ASC })).dispatches;
  for (const [status, names] of expected) {
    expect(all.filter((it) => it.status === status).map((it) => it.name)).toEqual(names);
    const listed = await dispatches.listDispatches({ statuses: [status], page: { withTotal: true } });
    expect(listed.dispatches.map((it) => it.name).toSorted()).toEqual(names);
    expect(listed.page?.total).toBe(BigInt(names.length));
  }
  await destinations.deleteDestination({ id: shut.id });
  expect((await dispatches.listDispatches({ statuses: [DispatchStatus.DISABLED] })).dispatches).toHaveLength(1);
});

it("lists by customer, course, text and tag, page by page in every order", async () => {
  const caller = { ...stranger, organizationId: "00000000-0000-7000-8000-0000000000d3" };
  const { dispatches } = callsOf(harness, caller);
  const destination = await addDestination(harness, {}, caller);
  const course = harness.catalog.addCourse(caller.organizationId);
  const names = ["b", "A", "c", "D", "e_e"];
  for (const name of names) {
    clock += 1;
    await addDispatch(harness, { name, destinationId: destination.id, tags: [`Tag-${name}`] }, caller);
  }
  const pinned = await addDispatch(harness, { name: "z", courseId: course.id }, caller);
  await harness.sql("update dispatch set last_launch_at = now() where name = 'c'");
  const orders = Object.values(DispatchOrder).filter((order) => typeof order === "number");
  for (const order of orders) {
    const whole = (await dispatches.listDispatches({ order })).dispatches.map(({ name }) => name);
    const paged: string[] = [];
    let pageToken = "";
    do {
      const { dispatches: rows, page } = await dispatches.listDispatches({ order, page: { pageSize: 4, pageToken } });
      paged.push(...rows.map(({ name }) => name));
      pageToken = page?.nextPageToken ?? "";
    } while (pageToken !== "");
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(6);
  }
  const namesOf = async (filter: object) =>
    (await dispatches.listDispatches({ order: DispatchOrder.NAME_ASC, ...filter })).dispatches.map(({ name }) => name);
  expect(await namesOf({})).toEqual(["A", "b", "c", "D", "e_e", "z"]);
  expect(await namesOf({ order: DispatchOrder.CREATE_TIME_ASC })).toEqual([...names, "z"]);
  expect((await namesOf({ order: DispatchOrder.LAST_LAUNCH_DESC }))[0]).toBe("c");
  expect(await namesOf({ destinationId: destination.id })).toHaveLength(5);
  expect(await namesOf({ courseId: course.id })).toEqual(["z"]);
  expect(await namesOf({ query: "E_E" })).toEqual(["e_e"]);
  expect(await namesOf({ tags: ["tag-a", "TAG-D"] })).toEqual(["A", "D"]);
  expect(await namesOf({ updatedSince: timestampFromDate(new Date(clock)) })).toContain("z");
  expect(await refusal(calls().getDispatch({ by: { case: "id", value: pinned.id } }))).toBe("DISPATCH_NOT_FOUND");
  await calls().deleteDispatch({ id: pinned.id });
  expect(await namesOf({ courseId: course.id })).toEqual(["z"]);
});

it("revokes packages made before a time, and those removed from the list too", async () => {
  const { id } = await addDispatch(harness);
  const insert = `insert into package (id, tenant_id, dispatch_id, format, state, created_at) values ($1, $2, $3, 1, 3, $4)`;
  for (const age of [3_000, 1_000])
    await harness.sql(insert, [uuidV7(), owner.organizationId, id, new Date(clock - age)]);
  const generatedBefore = timestampFromDate(new Date(clock - 2_000));
  expect((await calls().revokePackages({ id, generatedBefore })).revokedCount).toBe(1);
  expect((await calls().revokePackages({ id })).revokedCount).toBe(1);
  expect((await calls().revokePackages({ id, generatedBefore })).revokedCount).toBe(0);
  const [row] = await harness.sql<{ at: Date }>("select packages_revoked_before as at from dispatch where id = $1", [
    id,
  ]);
  expect(row?.at.getTime()).toBe(clock);
  expect(await refusal(calls().revokePackages({ id: uuidV7() }))).toBe("DISPATCH_NOT_FOUND");
});

it("goes with its course, and follows it again when its version goes", async () => {
  const course = harness.catalog.addCourse(owner.organizationId);
  const versionId = course.currentVersion?.id ?? "";
  const wishes = { courseId: course.id, pinnedCourseVersionId: versionId };
  const { id } = await addDispatch(harness, { ...wishes, callback: { url: "https://hooks.test/gone" } });
  await harness.publish(CourseVersionDeletedSchema, { courseId: course.id, courseVersionId: versionId });
  await expect.poll(async () => (await read(id))?.pinnedCourseVersionId).toBe("");
  await harness.publish(CourseDeletedSchema, { courseId: course.id });
  await expect
    .poll(() =>
      refusal(
        calls()
          .getDispatch({ by: { case: "id", value: id } })
          .then(() => []),
      ),
    )
    .toBe("DISPATCH_NOT_FOUND");
  expect((await harness.announced(DispatchDeletedSchema)).filter((it) => it.dispatchId === id)).toHaveLength(1);
  await expect.poll(() => harness.webhook.owned.has(id)).toBe(false);
});
