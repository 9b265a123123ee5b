import { randomUUID } from "node:crypto";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ContentHarness, contentHarness, owner, parts, stranger } from "./content-harness.ts";

let content: ContentHarness;
let uploadId: string;
let importId: string;
beforeAll(async () => {
  content = await contentHarness();
  const quiz = await buildQuizPackage();
  importId = (await content.importBytes(quiz)).id;
  uploadId = await content.upload(quiz);
});
afterAll(() => content.stop());

const uploads = () => content.mesh.clients.of(UploadService);
const imports = () => content.mesh.clients.of(ImportService);
const refusal = (call: Promise<unknown>) => call.then(() => "nothing", reasonOf);
const asStranger = (call: () => Promise<unknown>) => refusal(as(stranger, call));

it("answers another organization about uploads as if they were not there, and changes nothing", async () => {
  expect(await asStranger(() => uploads().getUpload({ id: uploadId }))).toBe("UPLOAD_NOT_FOUND");
  expect(await asStranger(() => uploads().writeUpload(parts(uploadId, 0, Buffer.from("x"))))).toBe("UPLOAD_NOT_FOUND");
  expect(await asStranger(() => uploads().deleteUpload({ id: uploadId }))).toBe("nothing");
  const source = { case: "uploadId" as const, value: uploadId };
  expect(await asStranger(() => imports().createImport({ requestId: randomUUID(), source }))).toBe("UPLOAD_NOT_FOUND");
  expect((await as(owner, () => uploads().getUpload({ id: uploadId }))).upload?.complete).toBe(true);
});

it("answers another organization about imports as if they were not there, and changes nothing", async () => {
  expect(await asStranger(() => imports().getImport({ id: importId }))).toBe("IMPORT_NOT_FOUND");
  const watched = async () => {
    for await (const _ of imports().watchImport({ id: importId })) break;
  };
  expect(await asStranger(watched)).toBe("IMPORT_NOT_FOUND");
  expect(await asStranger(() => imports().cancelImport({ id: importId }))).toBe("nothing");
  expect((await as(stranger, () => imports().listImports({ page: { withTotal: true } }))).page?.total).toBe(0n);
  expect((await as(owner, () => imports().getImport({ id: importId }))).import?.state).toBe(ImportState.COMPLETE);
});

it("keeps request ids of organizations apart", async () => {
  const requestId = randomUUID();
  const create = () => uploads().createUpload({ requestId, filename: "a.zip", sizeBytes: 1n });
  const [first, second] = [await as(owner, create), await as(stranger, create)];
  expect(second.upload?.id).not.toBe(first.upload?.id);
});
