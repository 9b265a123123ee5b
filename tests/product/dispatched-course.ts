import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import {
  type Dispatch,
  type DispatchSchema,
  DispatchService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { type Admission, LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { PackageFormat, PackageService, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import yauzl from "yauzl";
import { rpcClient } from "./rpc-client.ts";
import type { Product } from "./start-product.ts";

/** A package as a customer downloads it, with what its page knows of itself. */
export interface CustomerPackage {
  readonly id: string;
  readonly bytes: Buffer;
  readonly dispatchId: string;
  readonly signature: string;
}

/** Makes a customer and a dispatch of a course for it. */
export async function dispatchCourse(
  product: Product,
  courseId: string,
  wishes: MessageInitShape<typeof DispatchSchema> = {},
): Promise<Dispatch> {
  const requestId = randomUUID();
  const { destination } = await rpcClient(product, DestinationService).createDestination({
    requestId,
    destination: { name: "ACME" },
  });
  const dispatch = { ...wishes, courseId, destinationId: destination?.id ?? "" };
  const made = await rpcClient(product, DispatchService).createDispatch({ requestId, dispatch });
  if (made.dispatch === undefined) throw new Error("no dispatch was made");
  return made.dispatch;
}

/** Makes a package of a dispatch, waits for it and downloads it. */
export async function packageBytes(product: Product, dispatchId: string, format: PackageFormat): Promise<Buffer> {
  const packages = rpcClient(product, PackageService);
  const of = { case: "dispatchId" as const, value: dispatchId };
  const id = (await packages.createPackage({ requestId: randomUUID(), of, format })).package?.id ?? "";
  for (const limit = performance.now() + 30_000; ; await sleep(50)) {
    const made = (await packages.getPackage({ id })).package;
    if (made?.state === PackageState.READY) break;
    if (made?.state === PackageState.FAILED || performance.now() > limit)
      throw new Error(`the package was not made: ${made?.error}`);
  }
  const chunks: Uint8Array[] = [];
  for await (const { part } of packages.downloadPackage({ id, downloadId: randomUUID() }))
    if (part.case === "chunk") chunks.push(part.value);
  return Buffer.concat(chunks);
}

/** Makes a package that has a page, downloads it, and reads what its page knows of itself. */
export async function downloadPackage(
  product: Product,
  dispatchId: string,
  format: PackageFormat = PackageFormat.SCORM12,
): Promise<CustomerPackage> {
  const bytes = await packageBytes(product, dispatchId, format);
  const facts: unknown = JSON.parse(/\{.*\}/s.exec(await textIn(bytes, "package.js"))?.[0] ?? "null");
  const read = (name: string): string => {
    const value: unknown = typeof facts === "object" && facts !== null ? Reflect.get(facts, name) : undefined;
    if (typeof value !== "string") throw new Error(`the package says no ${name}`);
    return value;
  };
  return { id: read("packageId"), bytes, dispatchId: read("dispatchId"), signature: read("signature") };
}

/** Starts a learner's launch as the page of a package does. */
export async function openExchange(product: Product, from: CustomerPackage, learnerId: string): Promise<Admission> {
  const { outcome } = await rpcClient(product, LaunchService, "").openExchange({
    requestId: randomUUID(),
    dispatchId: from.dispatchId,
    packageId: from.id,
    packageSignature: from.signature,
    host: { origin: "https://lms.example.com", lmsCourseId: "C1", userAgent: "Test/1" },
    learner: { id: learnerId, name: "Doe, Jane" },
  });
  if (outcome.case !== "admission") throw new Error(`the launch was refused: ${outcome.value?.title}`);
  return outcome.value;
}

async function textIn(zip: Buffer, path: string): Promise<string> {
  const file = await yauzl.fromBufferPromise(zip);
  for await (const entry of file.eachEntry()) {
    if (entry.fileName !== path) continue;
    const parts = await (await file.openReadStreamPromise(entry)).toArray();
    return Buffer.concat(parts).toString();
  }
  throw new Error(`there is no ${path} in the package`);
}
