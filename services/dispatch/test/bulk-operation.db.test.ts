import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type BulkActionSchema,
  type BulkOperation,
  BulkState,
  type CreateBulkOperationRequestSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { DispatchOrder, DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
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
beforeAll(async () => {
  harness = await startDispatch();
});
afterAll(() => harness.stop());

const calls = () => callsOf(harness);

type Action = NonNullable<MessageInitShape<typeof BulkActionSchema>["action"]>;
type Selection = NonNullable<MessageInitShape<typeof CreateBulkOperationRequestSchema>["selection"]>;

async function begin(
  action: Action,
  selection: Selection = {},
  requestId = uuidV7(),
  on = harness,
): Promise<BulkOperation> {
  const request = { requestId, selection, action: { action } };
  const { bulkOperation } = await callsOf(on).bulk.createBulkOperation(request);
  if (bulkOperation === undefined) throw new Error("no operation was begun");
  return bulkOperation;
}

async function ended({ id }: BulkOperation, on = harness): Promise<BulkOperation> {
  let now: BulkOperation | undefined;
  await expect
    .poll(
      async () => {
        now = (await callsOf(on).bulk.getBulkOperation({ id })).bulkOperation;
        return now?.endTime !== undefined;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  if (now === undefined) throw new Error("the operation is gone");
  return now;
}

const resultsOf = async ({ id }: BulkOperation, failedOnly = false) =>
  (await calls().bulk.listBulkResults({ bulkOperationId: id, failedOnly })).results;
const read = async (id: string) => (await calls().dispatches.getDispatch({ by: { case: "id", value: id } })).dispatch;

it("makes a dispatch for each course and customer, and leaves those that exist", async () => {
  const courses = ["One", "Two"].map((title) => harness.catalog.addCourse(owner.organizationId, title));
  const [a, b] = [await addDestination(harness), await addDestination(harness)];
  const known = await addDispatch(harness, { courseId: courses[0]?.id ?? "", destinationId: a.id, name: "Known" });
  const template = create(DispatchSchema, {
    externalId: "one only",
    tags: ["spring"],
    terms: { usageLimit: 5 },
    callback: { url: "https://hooks.test/bulk", secret: "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0" },
  });
  const value = { courseIds: courses.map(({ id }) => id), destinationIds: [a.id, b.id], template };
  const requestId = uuidV7();
  const begun = await begin({ case: "create", value }, {}, requestId);
  expect((await begin({ case: "create", value }, {}, requestId)).id).toBe(begun.id);
  expect(begun).toMatchObject({ totalCount: 4, createdBy: owner.displayName });
  expect(begun.action?.action.value).toMatchObject({ template: { callback: { secret: "" } } });
  expect(await ended(begun)).toMatchObject({ state: BulkState.DONE, doneCount: 4, failedCount: 0 });
  const results = await resultsOf(begun);
  expect(results.map((it) => [it.courseId, it.destinationId])).toEqual([
    [courses[0]?.id, a.id],
    [courses[1]?.id, a.id],
    [courses[0]?.id, b.id],
    [courses[1]?.id, b.id],
  ]);
  expect(results[0]?.dispatchId).toBe(known.id);
  expect(await read(known.id)).toMatchObject({ name: "Known", tags: [] });
  const made = await read(results[3]?.dispatchId ?? "");
  expect(made).toMatchObject({ name: "Two", tags: ["spring"], terms: { usageLimit: 5 }, destinationId: b.id });
  expect(harness.webhook.owned.get(made?.id ?? "")?.secrets).toEqual([template.callback?.secret]);
  const [row] = await harness.sql<{ row: string }>("select b::text as row from bulk_operation b where id = $1", [
    begun.id,
  ]);
  expect(row?.row).not.toContain(Buffer.from("whsec_c2Vj").toString("hex"));
});

it("changes the dispatches that are selected, each for itself", async () => {
  const destination = await addDestination(harness);
  const dispatches = [];
  for (const name of ["a", "b", "c"])
    dispatches.push(await addDispatch(harness, { name, destinationId: destination.id, tags: ["x"] }));
  const other = await addDispatch(harness, { name: "other", tags: ["x"] });
  const missing = uuidV7();
  const dispatchIds = [...dispatches.slice(0, 2).map(({ id }) => id), other.id, missing];
  const value = {
    dispatch: create(DispatchSchema, { enabled: false, terms: { seatLimit: 9 } }),
    updateMask: { paths: ["enabled", "terms.seat_limit"] },
  };
  const operation = await ended(await begin({ case: "update", value }, { dispatchIds, tags: ["X"] }));
  expect(operation).toMatchObject({ state: BulkState.DONE, totalCount: 4, doneCount: 4, failedCount: 1 });
  expect(await resultsOf(operation, true)).toMatchObject([{ dispatchId: missing, errorReason: "DISPATCH_NOT_FOUND" }]);
  for (const { id } of [...dispatches.slice(0, 2), other])
    expect(await read(id)).toMatchObject({ enabled: false, terms: { seatLimit: 9 } });
  expect(await read(dispatches[2]?.id ?? "")).toMatchObject({ enabled: true });
  const pages = await calls().bulk.listBulkResults({
    bulkOperationId: operation.id,
    page: { pageSize: 3, withTotal: true },
  });
  expect([pages.results.length, pages.page?.total]).toEqual([3, 4n]);
});

it("counts again, makes packages and removes", async () => {
  const destination = await addDestination(harness);
  const [first, second] = [
    await addDispatch(harness, { destinationId: destination.id }),
    await addDispatch(harness, { destinationId: destination.id }),
  ];
  await harness.sql("update licence_usage set used = 7, used_total = 7 where subject_id = $1", [first.id]);
  const selection = { destinationId: destination.id };
  await ended(await begin({ case: "resetUsage", value: {} }, selection));
  expect((await read(first.id))?.summary?.usage).toMatchObject({ used: 0n, usedTotal: 7n });
  const format = PackageFormat.SCORM12;
  expect(await ended(await begin({ case: "generate", value: { format } }, selection))).toMatchObject({
    failedCount: 0,
  });
  const { packages } = await calls().packages.listPackages({ dispatchId: second.id });
  expect(packages).toMatchObject([{ format }]);
  const cmi5 = await ended(await begin({ case: "generate", value: { format: PackageFormat.CMI5 } }, selection));
  expect((await resultsOf(cmi5)).map((it) => it.errorReason)).toEqual(["FORMAT_UNSUPPORTED", "FORMAT_UNSUPPORTED"]);
  await ended(await begin({ case: "delete", value: {} }, selection));
  expect((await calls().dispatches.listDispatches({ destinationId: destination.id })).dispatches).toEqual([]);
});

it("refuses what it cannot do before it begins", async () => {
  const reset: Action = { case: "resetUsage", value: {} };
  expect(await refusal(begin(reset))).toBe("FIELD_INVALID");
  const course = harness.catalog.addCourse(owner.organizationId);
  const { id } = await addDestination(harness);
  const createOf = (courseIds: string[], destinationIds: string[]): Action => ({
    case: "create",
    value: { courseIds, destinationIds },
  });
  expect(await refusal(begin(createOf([uuidV7()], [id])))).toBe("COURSE_NOT_FOUND");
  expect(await refusal(begin(createOf([course.id], [uuidV7()])))).toBe("DESTINATION_NOT_FOUND");
  const dispatch = create(DispatchSchema);
  const badMask: Action = { case: "update", value: { dispatch, updateMask: { paths: ["course_id"] } } };
  expect(await refusal(begin(badMask, { all: true }))).toBe("FIELD_INVALID");
  const editor = personCaller(owner.organizationId);
  editor.permissions = editor.permissions.filter((permission) => permission !== Permission.DISPATCH_DELETE);
  const request = {
    requestId: uuidV7(),
    selection: { all: true },
    action: { action: { case: "delete", value: {} } },
  } as const;
  expect(await refusal(callsOf(harness, editor).bulk.createBulkOperation(request))).toBe("PERMISSION_MISSING");
});

it("stops when it is canceled, and is seen by its own organization only", async () => {
  const idle = await startDispatch({ env: { DISPATCH_WORKERS: "0" } });
  const { id } = await addDispatch(idle);
  const operation = await begin({ case: "resetUsage", value: {} }, { dispatchIds: [id] }, uuidV7(), idle);
  const others = callsOf(idle, stranger).bulk;
  expect(await refusal(others.getBulkOperation({ id: operation.id }))).toBe("BULK_OPERATION_NOT_FOUND");
  expect(await refusal(others.cancelBulkOperation({ id: operation.id }))).toBe("BULK_OPERATION_NOT_FOUND");
  expect((await others.listBulkOperations({})).bulkOperations).toEqual([]);
  const { bulk } = callsOf(idle);
  expect((await bulk.listBulkOperations({ page: { withTotal: true } })).page?.total).toBe(1n);
  for (let again = 0; again < 2; again += 1) {
    const { bulkOperation } = await bulk.cancelBulkOperation({ id: operation.id });
    expect(bulkOperation).toMatchObject({ state: BulkState.CANCELED, doneCount: 0 });
  }
  const worker = await startDispatch({ shared: idle });
  await expect.poll(() => idle.sql("select from coursemesh_dispatch_jobs.jobs")).toEqual([]);
  expect((await bulk.getBulkOperation({ id: operation.id })).bulkOperation?.doneCount).toBe(0);
  await worker.stop();
  await idle.stop();
});

it("goes on where a worker that died left off, doing nothing twice", async () => {
  const idle = await startDispatch({ env: { DISPATCH_WORKERS: "0" } });
  const destination = await addDestination(idle);
  const dispatchIds: string[] = [];
  for (const name of ["a", "b", "c"])
    dispatchIds.push((await addDispatch(idle, { name, destinationId: destination.id })).id);
  const value = { dispatch: create(DispatchSchema, { notes: "changed" }), updateMask: { paths: ["notes"] } };
  const operation = await begin({ case: "update", value }, { destinationId: destination.id }, uuidV7(), idle);
  await idle.sql("update bulk_result set done = true where bulk_operation_id = $1 and position = 1", [operation.id]);
  await idle.sql(
    "update bulk_operation set state = $2, done_count = 1, lease_owner = $3, leased_until = now() - interval '1 second' where id = $1",
    [operation.id, BulkState.RUNNING, uuidV7()],
  );
  await idle.sql("update coursemesh_dispatch_jobs._private_jobs set locked_at = now(), locked_by = 'dead'");
  const worker = await startDispatch({ shared: idle });
  expect(await ended(operation, worker)).toMatchObject({ state: BulkState.DONE, doneCount: 3, failedCount: 0 });
  const { dispatches } = await callsOf(idle).dispatches.listDispatches({ order: DispatchOrder.NAME_ASC });
  expect(dispatches.map((it) => [it.name, it.notes, it.etag])).toEqual([
    ["a", "", "1"],
    ["b", "changed", "2"],
    ["c", "changed", "2"],
  ]);
  await worker.stop();
  await idle.stop();
});
