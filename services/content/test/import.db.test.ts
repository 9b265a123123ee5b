import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { reasonOf, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { ImportCompletedSchema, ImportFailedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import {
  FindingSeverity,
  ImportService,
  ImportState,
  ImportVerdict,
} from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { buildScorm12Package } from "@coursemesh/samples/build-scorm12-package.ts";
import { buildZip } from "@coursemesh/samples/build-zip.ts";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type ContentHarness, contentHarness, ONE, owner } from "./content-harness.ts";

let content: ContentHarness;
let quiz: Buffer;
beforeAll(async () => {
  content = await contentHarness();
  quiz = await buildQuizPackage();
});
afterAll(() => content.stop());
beforeEach(() => {
  content.courses.requests.length = 0;
  content.courses.before = () => undefined;
});

const imports = () => content.mesh.clients.of(ImportService);
const fromUpload = (value: string) => ({ source: { case: "uploadId" as const, value } });
const refusal = (call: Promise<unknown>) => call.then(() => "nothing", reasonOf);
const cancel = (id: string) => as(owner, () => imports().cancelImport({ id }));
const noMedia = { identifier: "x", title: "Broken", items: [{ identifier: "one", title: "One", href: "absent.html" }] };

it("takes a package from upload to course version", async () => {
  const uploadId = await content.upload(quiz, owner, "phishing.zip");
  const { id } = await content.startImport({
    ...fromUpload(uploadId),
    title: "My title",
    tags: ["a"],
    note: "first",
    externalId: "ext",
  });
  const states: ImportState[] = [];
  await as(owner, async () => {
    for await (const { import: it } of imports().watchImport({ id })) states.push(it!.state);
  });
  expect(states.at(-1)).toBe(ImportState.COMPLETE);
  expect(states).toEqual(states.toSorted());
  const { import: done } = await as(owner, () => imports().getImport({ id }));
  expect(done).toMatchObject({ source: "phishing.zip", createdBy: "Test owner", errorMessage: "" });
  expect(done?.report).toMatchObject({ standard: "SCORM 1.2", activityCount: 1, fileCount: 8 });
  expect(done?.report?.verdict).not.toBe(ImportVerdict.NOT_PLAYABLE);
  expect(done?.report?.checkedRules.length).toBeGreaterThan(0);
  expect(done?.progress).toMatchObject({ filesDone: 8, filesTotal: 8 });
  const [request] = content.courses.requests;
  expect(content.courses.requests).toHaveLength(1);
  expect(request).toMatchObject({
    requestId: id,
    importId: id,
    packageId: done?.packageId,
    title: "My title",
    tags: ["a"],
    note: "first",
    externalId: "ext",
    standard: Standard.SCORM_12,
    packageTitle: "Phishing: spot the bait",
    fileCount: 8,
  });
  expect(done?.courseVersionId).not.toBe("");
});

it("leaves neither the upload nor anything half stored behind", async () => {
  const { id } = await content.importBytes(quiz);
  await vi.waitFor(async () => expect(await readdir(content.uploadDir)).toEqual([]), 20_000);
  expect((await content.blobs()).incoming).toEqual([]);
  const [event] = await content.sql("select payload from outbox where type = $1 order by id desc limit 1", [
    ImportCompletedSchema.typeName,
  ]);
  expect(fromBinary(ImportCompletedSchema, event!.payload as Buffer).import?.id).toBe(id);
});

it("refuses a package that cannot be played, with a report that says where and why, and keeps no byte of it", async () => {
  const before = await content.blobs();
  const failed = await content.importBytes(
    await buildScorm12Package(noMedia, [{ path: "other-page.html", content: "unseen elsewhere" }]),
  );
  expect(failed.state).toBe(ImportState.FAILED);
  expect(failed.errorReason).toBe("");
  expect(failed.errorMessage).not.toBe("");
  expect(failed.report?.verdict).toBe(ImportVerdict.NOT_PLAYABLE);
  const finding = failed.report?.findings.find(({ severity }) => severity === FindingSeverity.ERROR);
  expect(finding).toMatchObject({ file: "imsmanifest.xml" });
  expect(finding?.line).toBeGreaterThan(0);
  for (const part of [finding?.rule, finding?.message, finding?.effect, finding?.fix]) expect(part).not.toBe("");
  expect(await content.blobs()).toEqual(before);
  await vi.waitFor(async () => expect(await readdir(content.uploadDir)).toEqual([]), 20_000);
  expect(content.courses.requests).toEqual([]);
  const [event] = await content.sql("select payload from outbox where type = $1 order by id desc limit 1", [
    ImportFailedSchema.typeName,
  ]);
  expect(fromBinary(ImportFailedSchema, event!.payload as Buffer).import?.id).toBe(failed.id);
});

it("removes files that were stored before a later one turned out to be broken", async () => {
  const before = await content.blobs();
  const zip = await buildScorm12Package({ ...noMedia, items: [{ identifier: "one", title: "One", href: "a.html" }] }, [
    { path: "a.html", content: "a page that is stored first" },
    { path: "z.bin", content: Buffer.alloc(100_000, "last"), compress: false },
  ]);
  const at = zip.lastIndexOf("lastlast");
  zip.write("LAST", at - 5_000);
  const failed = await content.importBytes(zip);
  expect(failed.report?.findings[0]?.rule).toBe("zip.entry.checksum");
  expect(await content.blobs()).toEqual(before);
});

it("fails with the course service's reason, and keeps the upload for another try", async () => {
  content.courses.before = () => {
    throw serviceError(Code.AlreadyExists, "COURSE_EXISTS", "the external id is taken", { external_id: "x" });
  };
  const uploadId = await content.upload(
    await buildScorm12Package({ ...noMedia, items: [{ identifier: "one", title: "One", href: "a.html" }] }, [
      { path: "a.html", content: "only in this package" },
    ]),
  );
  const stored = await content.blobs();
  const { id } = await content.startImport(fromUpload(uploadId));
  const failed = await content.ended(id);
  expect(failed).toMatchObject({ state: ImportState.FAILED, errorReason: "COURSE_EXISTS", packageId: "" });
  await vi.waitFor(async () => expect(await content.blobs()).toEqual(stored), { timeout: 10_000 });
  content.courses.before = () => undefined;
  const again = await content.startImport({ ...fromUpload(uploadId), mayAddVersion: true });
  expect((await content.ended(again.id)).state).toBe(ImportState.COMPLETE);
});

it("tries again while the course service is away, and publishes once", async () => {
  let failures = 1;
  content.courses.before = () => {
    failures -= 1;
    if (failures >= 0) throw new ConnectError("away", Code.Unavailable);
  };
  const done = await content.importBytes(quiz);
  expect(done.state).toBe(ImportState.COMPLETE);
  expect(content.courses.requests.map(({ requestId }) => requestId)).toEqual([done.id, done.id]);
}, 30_000);

it("gives the same import for the same request, and refuses another with its id", async () => {
  const requestId = randomUUID();
  const uploadId = await content.upload(quiz);
  const [first, second] = await Promise.all([
    content.startImport({ ...fromUpload(uploadId), requestId }),
    content.startImport({ ...fromUpload(uploadId), requestId }),
  ]);
  expect(second.id).toBe(first.id);
  expect(await refusal(content.startImport({ ...fromUpload(uploadId), requestId, title: "Other" }))).toBe(
    "REQUEST_ID_REUSED",
  );
  await content.ended(first.id);
  expect((await content.startImport({ ...fromUpload(uploadId), requestId })).state).toBe(ImportState.COMPLETE);
  expect(content.courses.requests).toHaveLength(1);
});

it("refuses an upload that is absent or still arriving", async () => {
  expect(await refusal(content.startImport(fromUpload(randomUUID())))).toBe("UPLOAD_NOT_FOUND");
  const upload = await as(
    owner,
    async () =>
      (
        await content.mesh.clients
          .of(UploadService)
          .createUpload({ requestId: randomUUID(), filename: "a.zip", sizeBytes: 10n })
      ).upload!,
  );
  expect(await refusal(content.startImport(fromUpload(upload.id)))).toBe("UPLOAD_INCOMPLETE");
});

it("cancels an import that runs, and removes what it read", async () => {
  const before = await content.blobs();
  const files = Array.from({ length: 1500 }, (_, index) => ({
    path: `f${index}.txt`,
    content: `file ${index} ${"x".repeat(index)}`,
  }));
  const items = [{ identifier: "one", title: "One", href: "f1.txt" }];
  const uploadId = await content.upload(await buildScorm12Package({ ...noMedia, items }, files));
  const { id } = await content.startImport(fromUpload(uploadId));
  await as(owner, async () => {
    for await (const { import: it } of imports().watchImport({ id })) if (it!.state >= ImportState.READING) break;
  });
  await cancel(id);
  const ended = await content.ended(id);
  // A fast machine may have begun publishing before the cancel came; then it completes.
  if (ended.state === ImportState.CANCELED) {
    await vi.waitFor(async () => expect(await content.blobs()).toEqual(before), { timeout: 10_000 });
    expect(content.courses.requests).toEqual([]);
  } else expect(ended.state).toBe(ImportState.COMPLETE);
  await cancel(id);
  expect((await content.ended(id)).state).toBe(ended.state);
}, 30_000);

it("leaves cancelling an absent import without complaint", async () => {
  await cancel(randomUUID());
  expect(await refusal(as(owner, () => imports().getImport({ id: randomUUID() })))).toBe("IMPORT_NOT_FOUND");
});

it("lists imports newest first, by state and course, in pages", async () => {
  const done = await content.importBytes(quiz);
  const failed = await content.importBytes(await buildZip([{ path: "a.txt", content: "no manifest" }]));
  const list = (request: object) => as(owner, () => imports().listImports(request));
  expect((await list({ page: { pageSize: 1 } })).imports.map((it) => it.id)).toEqual([failed.id]);
  expect((await list({ states: [ImportState.COMPLETE], page: { pageSize: 1 } })).imports[0]?.id).toBe(done.id);
  expect((await list({ courseId: done.courseId })).imports.map((it) => it.id)).toEqual([done.id]);
  const all: string[] = [];
  for (let pageToken = ""; ; ) {
    const { imports: rows, page } = await list({ page: { pageSize: 2, pageToken, withTotal: true } });
    all.push(...rows.map((it) => it.id));
    pageToken = page!.nextPageToken;
    if (pageToken === "") {
      expect(page?.total).toBe(BigInt(all.length));
      break;
    }
  }
  expect(all).toEqual(all.toSorted().toReversed());
  expect(new Set(all).size).toBe(all.length);
  const [{ count }] = (await content.sql("select count(*)::int from import where tenant_id = $1", [ONE])) as [
    { count: number },
  ];
  expect(all).toHaveLength(count);
});
