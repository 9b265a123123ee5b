import { createHash, randomBytes, randomUUID } from "node:crypto";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  type Package,
  PackageFormat,
  PackageService,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { buildZip } from "@coursemesh/samples/build-zip.ts";
import { scorm12Manifest } from "@coursemesh/samples/scorm12-manifest.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispatchCourse } from "../../product/dispatched-course.ts";
import { secondOwner } from "../../product/organization-keys.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

/** Size of the large course in MB; 200 for the figure in docs/dispatch.md. */
const COURSE_MB = Number(process.env.DISPATCH_COURSE_MB ?? "4");
const { SCORM12, SCORM2004_3RD, SCORM2004_4TH, AICC } = PackageFormat;

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.remove());

/** Imports a course of one page and so many MB of media. */
async function addCourse(name: string, megabytes: number): Promise<string> {
  const media = Array.from({ length: megabytes }, (_, index) => `media/${index}.bin`);
  const course = { identifier: name, title: "Course", items: [{ identifier: "i", title: "Page", href: "index.html" }] };
  const zip = await buildZip([
    { path: "imsmanifest.xml", content: scorm12Manifest(course, ["index.html", ...media]) },
    { path: "index.html", content: "<!DOCTYPE html><title>Page</title>" },
    ...media.map((path) => ({ path, content: randomBytes(1024 * 1024), compress: false })),
  ]);
  const job = await restClient(product).importCourse(name, zip);
  if (job.status !== "COMPLETE") throw new Error(`the course was not imported: ${JSON.stringify(job)}`);
  const by = { case: "externalId", value: name } as const;
  return (await rpcClient(product, CourseService).getCourse({ by })).course?.id ?? "";
}

async function makePackage(dispatchId: string, format: PackageFormat): Promise<Package> {
  const packages = rpcClient(product, PackageService);
  const of = { case: "dispatchId", value: dispatchId } as const;
  const { package: waiting } = await packages.createPackage({ requestId: randomUUID(), of, format });
  const id = waiting?.id ?? "";
  const read = async () => (await packages.getPackage({ id })).package;
  await expect.poll(read, { timeout: 20_000 }).toMatchObject({ state: PackageState.READY });
  const made = await read();
  if (made === undefined) throw new Error("the package is gone");
  return made;
}

const file = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${product.url}/dispatch/v1/packages/${id}/file`, {
    headers: { authorization: product.authorization, ...headers },
  });

it("packages of every format are in order, come in parts, and our own importer takes those it knows", async () => {
  const customer = restClient(product, await secondOwner(product));
  const dispatch = await dispatchCourse(product, await addCourse("small", 0));
  const packages = rpcClient(product, PackageService);
  for (const format of [SCORM12, SCORM2004_3RD, SCORM2004_4TH, AICC]) {
    const { id, sha256, sizeBytes } = await makePackage(dispatch.id, format);
    expect((await packages.inspectPackage({ id })).findings, `format ${format}`).toEqual([]);
    const half = Math.floor(Number(sizeBytes) / 2);
    const parts = [await file(id, { range: `bytes=0-${half - 1}` }), await file(id, { range: `bytes=${half}-` })];
    expect(parts.map(({ status }) => status)).toEqual([206, 206]);
    const bytes = Buffer.concat(await Promise.all(parts.map(async (part) => Buffer.from(await part.arrayBuffer()))));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    const count = async () => (await packages.getPackage({ id })).package?.downloadCount;
    await expect.poll(count).toBe(1n);
    if (format === AICC) continue;
    const job = await customer.importCourse(`import-${format}`, bytes);
    expect(job, `format ${format}`).toMatchObject({ status: "COMPLETE" });
  }
});

it(`a package of a course of ${COURSE_MB} MB is as small as that of a course of a few bytes`, async () => {
  const small = await makePackage((await dispatchCourse(product, await addCourse("tiny1", 0))).id, SCORM2004_4TH);
  const large = await makePackage(
    (await dispatchCourse(product, await addCourse("large", COURSE_MB))).id,
    SCORM2004_4TH,
  );
  // Ids and signatures are compressed a little more or less.
  expect(Math.abs(Number(large.sizeBytes - small.sizeBytes))).toBeLessThan(500);
  if (COURSE_MB >= 100)
    console.log(
      `${COURSE_MB} MB: ${large.sizeBytes} bytes in ${large.generationMs} ms; 1 page: ${small.sizeBytes} bytes in ${small.generationMs} ms`,
    );
});
