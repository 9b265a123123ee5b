import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { create } from "@bufbuild/protobuf";
import {
  BulkActionSchema,
  BulkOperationService,
  BulkState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  type Package,
  PackageFormat,
  PackageService,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importQuiz } from "../e2e/dispatch/dispatched-quiz.ts";
import { dispatchCourse } from "../product/dispatched-course.ts";
import { rpcClient } from "../product/rpc-client.ts";
import { type Product, startProduct } from "../product/start-product.ts";

/** Customers that the course is dispatched to. */
const CUSTOMERS = Number(process.env.CHAOS_DISPATCH_CUSTOMERS ?? 40);
/** The big form kills during the making of packages for all of them as well. */
const BIG = process.env.CHAOS_DISPATCH_LAUNCHES !== undefined;
/** What a dead process held is taken up again when its lease has ended. */
const TAKEN_UP = { timeout: 90_000, interval: 250 };

let product: Product;
let courseId: string;
let destinationIds: string[];
beforeAll(async () => {
  product = await startProduct();
  courseId = await importQuiz(product);
  const destinations = rpcClient(product, DestinationService);
  destinationIds = [];
  for (let number = 0; number < CUSTOMERS; number += 1) {
    const made = await destinations.createDestination({
      requestId: randomUUID(),
      destination: { name: `Customer ${number}` },
    });
    destinationIds.push(made.destination?.id ?? "");
  }
});
afterAll(() => product?.remove());

const operationOf = async (id: string) =>
  (await rpcClient(product, BulkOperationService).getBulkOperation({ id })).bulkOperation;

/** Kills the product as soon as some of an operation is done, and starts it again. */
async function killDuring(id: string): Promise<number> {
  for (;;) {
    const done = (await operationOf(id))?.doneCount ?? 0;
    if (done >= 3) {
      await product.kill();
      await product.restart();
      return done;
    }
    await sleep(5);
  }
}

async function dispatchesOfCourse(): Promise<Dispatch[]> {
  const { dispatches } = await rpcClient(product, DispatchService).listDispatches({
    courseId,
    page: { pageSize: 500 },
  });
  return dispatches;
}

async function packagesOf(dispatchId: string): Promise<Package[]> {
  return (await rpcClient(product, PackageService).listPackages({ dispatchId, page: { pageSize: 500 } })).packages;
}

it(`many dispatches at once, and their packages: what a SIGKILL interrupts goes on, and nothing is made twice`, async () => {
  const operations = rpcClient(product, BulkOperationService);
  const run = async (action: Parameters<typeof create<typeof BulkActionSchema>>[1], more: object = {}) => {
    const request = { requestId: randomUUID(), action: create(BulkActionSchema, action), ...more };
    const { bulkOperation } = await operations.createBulkOperation(request);
    const id = bulkOperation?.id ?? "";
    const killedAt = await killDuring(id);
    // Whoever does not know whether it was begun asks again with the same id.
    expect((await rpcClient(product, BulkOperationService).createBulkOperation(request)).bulkOperation?.id).toBe(id);
    await expect.poll(async () => (await operationOf(id))?.state, TAKEN_UP).toBe(BulkState.DONE);
    expect(await operationOf(id)).toMatchObject({ totalCount: CUSTOMERS, doneCount: CUSTOMERS, failedCount: 0 });
    return killedAt;
  };

  const madeBefore = await run({ action: { case: "create", value: { courseIds: [courseId], destinationIds } } });
  expect(madeBefore).toBeLessThan(CUSTOMERS);
  const dispatches = await dispatchesOfCourse();
  expect(dispatches.map(({ destinationId }) => destinationId).toSorted()).toEqual(destinationIds.toSorted());

  if (!BIG) return;
  const format = PackageFormat.SCORM12;
  const askedBefore = await run({ action: { case: "generate", value: { format } } }, { selection: { courseId } });
  expect(askedBefore).toBeLessThan(CUSTOMERS);
  for (const { id } of dispatches) {
    const ready = async () => (await packagesOf(id)).map(({ state }) => state);
    await expect.poll(ready, TAKEN_UP).toEqual([PackageState.READY]);
  }
}, 240_000);

it("packages under way when the product is killed are made, once", async () => {
  const dispatches = await Promise.all(Array.from({ length: 12 }, () => dispatchCourse(product, courseId)));
  const format = PackageFormat.SCORM2004_4TH;
  const requests = dispatches.map(({ id }) => ({
    requestId: randomUUID(),
    of: { case: "dispatchId" as const, value: id },
    format,
  }));
  const packages = rpcClient(product, PackageService);
  const made = await Promise.all(requests.map(async (request) => (await packages.createPackage(request)).package));
  await product.kill();
  await product.restart();
  const again = rpcClient(product, PackageService);
  for (const [index, request] of requests.entries())
    expect((await again.createPackage(request)).package?.id).toBe(made[index]?.id);
  for (const [index, { id }] of dispatches.entries()) {
    const ofFormat = async () => (await packagesOf(id)).filter((it) => it.format === format);
    await expect
      .poll(async () => (await ofFormat()).map(({ id: packageId, state }) => [packageId, state]), TAKEN_UP)
      .toEqual([[made[index]?.id, PackageState.READY]]);
    expect((await again.inspectPackage({ id: made[index]?.id ?? "" })).findings).toEqual([]);
  }
}, 180_000);
