import { create } from "@bufbuild/protobuf";
import { AnySchema, anyPack } from "@bufbuild/protobuf/wkt";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { PackageDeletedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { CourseDeletedSchema, CourseVersionDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { buildScorm12Package } from "@coursemesh/samples/build-scorm12-package.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ContentHarness, contentHarness, ONE, owner, stranger, TWO } from "./content-harness.ts";

let content: ContentHarness;
let packageId: string;
const internal = serviceCaller("bff", ONE);
const latin1 = Buffer.from("<meta charset=iso-8859-1>é", "latin1");

const course = (title: string) => ({
  identifier: "x",
  title,
  items: [{ identifier: "one", title: "One", href: "Index.html" }],
});
const shared = { path: "shared/lib.js", content: "shared by several packages" };
const files = [
  { path: "Index.html", content: "<p>é" },
  { path: "old.html", content: latin1 },
  { path: "a b/100%.txt", content: "percent" },
  { path: "a%20b.txt", content: "literal" },
  { path: "media/Größe.mp4", content: Buffer.alloc(2_000_000, 7) },
  shared,
];
beforeAll(async () => {
  content = await contentHarness();
  ({ packageId } = await content.importBytes(await buildScorm12Package(course("First"), files)));
});
afterAll(() => content.stop());

const packages = () => content.mesh.clients.of(PackageService);
const resolve = (path: string, caller = internal) =>
  as(caller, async () => (await packages().resolveFile({ packageId, path })).file!);
const refusal = (call: Promise<unknown>) => call.then(() => "nothing", reasonOf);
const publish = (
  schema: typeof CourseDeletedSchema | typeof CourseVersionDeletedSchema,
  message: object,
  organizationId = ONE,
) =>
  content.mesh.deps.bus.publish(
    create(EventEnvelopeSchema, {
      id: uuidV7(),
      organizationId,
      type: schema.typeName,
      payload: create(AnySchema, anyPack(schema, create(schema as typeof CourseDeletedSchema, message))),
    }),
  );

it("gives a package with its outline", async () => {
  const { package: it } = await as(owner, () => packages().getPackage({ id: packageId }));
  expect(it).toMatchObject({ title: "First", fileCount: 7 });
  expect(JSON.parse(it!.outlineJson)).toMatchObject({ standard: "scorm12", title: "First" });
});

it("lists files by path in pages", async () => {
  const seen: string[] = [];
  for (let pageToken = ""; ; ) {
    const { files: rows, page } = await as(owner, () =>
      packages().listPackageFiles({ packageId, page: { pageSize: 3, pageToken } }),
    );
    seen.push(...rows.map((file) => file.path));
    pageToken = page!.nextPageToken;
    if (pageToken === "") break;
  }
  expect(seen).toEqual([
    "Index.html",
    "a b/100%.txt",
    "a%20b.txt",
    "imsmanifest.xml",
    "media/Größe.mp4",
    "old.html",
    "shared/lib.js",
  ]);
});

it.each([
  ["Index.html", "Index.html"],
  ["index.HTML", "Index.html"],
  ["a%20b/100%25.txt", "a b/100%.txt"],
  ["a b/100%.txt", "a b/100%.txt"],
  ["a%20b.txt", "a%20b.txt"],
  ["A%20B.TXT", "a%20b.txt"],
  ["media/Gr%C3%B6%C3%9Fe.mp4", "media/Größe.mp4"],
  ["media/Gr%F6%DFe.mp4", "media/Größe.mp4"],
  ["./media//GR%C3%96%C3%9FE.mp4", "media/Größe.mp4"],
])("finds %s as %s", async (requested, path) => {
  expect((await resolve(requested)).path).toBe(path);
});

it("finds nothing outside, nothing absent and no folder", async () => {
  for (const path of ["absent.html", "", "media", "media/", "../Index.html", "%2e%2e/Index.html", "Index.html/"])
    if (path !== "Index.html/") expect(await refusal(resolve(path))).toBe("PACKAGE_FILE_NOT_FOUND");
});

it("names the exact media type, with a charset only for text that is UTF-8", async () => {
  expect((await resolve("Index.html")).mediaType).toBe("text/html; charset=utf-8");
  expect((await resolve("old.html")).mediaType).toBe("text/html");
  expect((await resolve("media/Größe.mp4")).mediaType).toBe("video/mp4");
});

it("streams a file", async () => {
  const chunks: Uint8Array[] = [];
  await as(owner, async () => {
    for await (const { chunk } of packages().readFile({ packageId, path: "media/Größe.mp4" })) chunks.push(chunk);
  });
  expect(Buffer.concat(chunks)).toEqual(Buffer.alloc(2_000_000, 7));
});

it("answers another organization as if nothing were there", async () => {
  const foreign = serviceCaller("bff", TWO);
  expect(await refusal(as(stranger, () => packages().getPackage({ id: packageId })))).toBe("PACKAGE_NOT_FOUND");
  expect(await refusal(as(stranger, () => packages().listPackageFiles({ packageId })))).toBe("PACKAGE_NOT_FOUND");
  expect(await refusal(resolve("Index.html", foreign))).toBe("PACKAGE_FILE_NOT_FOUND");
  const read = as(stranger, async () => {
    for await (const _ of packages().readFile({ packageId, path: "Index.html" })) break;
  });
  expect(await refusal(read)).toBe("PACKAGE_NOT_FOUND");
  await as(foreign, () => packages().deletePackage({ id: packageId }));
  await publish(CourseVersionDeletedSchema, { packageId }, TWO);
  expect((await resolve("Index.html")).path).toBe("Index.html");
  expect(await refusal(resolve("Index.html", owner))).toBe("PERMISSION_MISSING");
  expect(await refusal(as(owner, () => packages().deletePackage({ id: packageId })))).toBe("PERMISSION_MISSING");
});

it("deletes a package with its version, announces it, and keeps blobs that another package has", async () => {
  const other = await content.importBytes(
    await buildScorm12Package(course("Second"), [{ path: "Index.html", content: "only in the second" }, shared]),
  );
  const find = (path: string, id: string) =>
    as(internal, async () => (await packages().resolveFile({ packageId: id, path })).file!.hash);
  const own = await find("Index.html", other.packageId);
  const common = await find("shared/lib.js", other.packageId);
  expect(common).toBe(await find("shared/lib.js", packageId));
  expect((await content.blobs()).stored).toEqual(expect.arrayContaining([own, common]));
  await publish(CourseVersionDeletedSchema, { packageId: other.packageId });
  await publish(CourseVersionDeletedSchema, { packageId: other.packageId });
  expect(await refusal(find("Index.html", other.packageId))).toBe("PACKAGE_FILE_NOT_FOUND");
  await vi.waitFor(async () => expect((await content.blobs()).stored).not.toContain(own), { timeout: 10_000 });
  expect((await content.blobs()).stored).toContain(common);
  const [{ count }] = (await content.sql("select count(*)::int from outbox where type = $1", [
    PackageDeletedSchema.typeName,
  ])) as [{ count: number }];
  expect(count).toBe(1);
});

it("deletes all packages of a course with the course, and their blobs when nobody else has them", async () => {
  await publish(CourseDeletedSchema, { packageIds: [packageId] });
  await vi.waitFor(async () => expect((await content.blobs()).stored).toEqual([]), { timeout: 10_000 });
  expect(await content.sql("select * from blob_garbage")).toEqual([]);
});
