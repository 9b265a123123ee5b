import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { ImportService, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type ContentHarness, contentHarness, ONE, owner } from "./content-harness.ts";

/** A harness whose first replica takes calls and runs no jobs, so that a test can leave what a killed process would. */
let content: ContentHarness;
beforeEach(async () => {
  content = await contentHarness({ IMPORT_WORKERS: "0", IMPORT_LEASE_SECONDS: "1" });
});
afterEach(() => content.stop());

const addWorker = () => content.mesh.add(content.build({ IMPORT_WORKERS: "1" }));
const startQuiz = async () => {
  const value = await content.upload(await buildQuizPackage());
  return (await content.startImport({ source: { case: "uploadId", value } })).id;
};
/** The import as a process had it that died `ago` seconds after its last sign of life. */
const leaveLeased = (id: string, state: string, seconds: number) =>
  content.sql(
    "update import set state = $2, attempts = 1, lease_owner = $3, lease_until = now() + make_interval(secs => $4) where id = $1",
    [id, state, randomUUID(), seconds],
  );
/** The queue believes that the dead process still works on its job. */
const leaveLocked = () =>
  content.sql("update coursemesh_content_jobs._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1");

it("runs an import again whose process was killed while reading, from the beginning and once", async () => {
  const id = await startQuiz();
  const [{ package_id: packageId }] = (await content.sql("select package_id from import where id = $1", [id])) as [
    { package_id: string },
  ];
  await leaveLeased(id, "reading", -5);
  await leaveLocked();
  await content.sql(
    "insert into package (id, tenant_id, import_id, outline, standard, title, file_count, size_bytes, create_time) values ($1, $2, $3, '{}', 1, '', 1, 1, now())",
    [packageId, ONE, id],
  );
  await content.sql(
    "insert into package_file (tenant_id, package_id, path, path_folded, hash, size_bytes, media_type) values ($1, $2, 'half', 'half', $3, 1, 'text/plain')",
    [ONE, packageId, "ab".repeat(32)],
  );
  await mkdir(join(content.blobFolder, "ab"), { recursive: true });
  await writeFile(join(content.blobFolder, "ab", "ab".repeat(32)), "x");
  await addWorker();
  const done = await content.ended(id);
  expect(done).toMatchObject({ state: ImportState.COMPLETE, packageId, progress: { filesDone: 8 } });
  expect(content.courses.requests).toHaveLength(1);
  await vi.waitFor(async () => expect((await content.blobs()).stored).not.toContain("ab".repeat(32)), {
    timeout: 10_000,
  });
});

it("publishes under the same request when the process was killed before it heard the answer", async () => {
  const id = await startQuiz();
  const worker = await addWorker();
  const done = await content.ended(id);
  await worker.stop();
  await content.sql(
    "update import set made_course_id = null, course_version_id = null, end_time = null where id = $1",
    [id],
  );
  await leaveLeased(id, "publishing", -5);
  await addWorker();
  const again = await content.ended(id);
  expect(again).toMatchObject({
    state: ImportState.COMPLETE,
    courseVersionId: done.courseVersionId,
    packageId: done.packageId,
  });
  expect(content.courses.requests.map(({ requestId }) => requestId)).toEqual([id, id]);
});

it.each([
  "reading",
  "publishing",
])("completes an import whose process died by SIGKILL while %s, and publishes it once", async (dieAt) => {
  const id = await startQuiz();
  const doomed = fork(join(import.meta.dirname, "doomed-replica.ts"), {
    env: { ...process.env, ...content.env, DIE_AT: dieAt, BLOB_FOLDER: content.blobFolder },
  });
  const [, signal] = (await once(doomed, "exit")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  await addWorker();
  const done = await content.ended(id);
  expect(done.state).toBe(ImportState.COMPLETE);
  expect(content.courses.requests.map(({ requestId }) => requestId)).toEqual([id]);
  const { stored, incoming } = await content.blobs();
  expect([stored.length, incoming]).toEqual([8, []]);
  expect(await content.sql("select id from package")).toEqual([{ id: done.packageId }]);
}, 40_000);

it("leaves an import alone that another process works on", async () => {
  const id = await startQuiz();
  await leaveLeased(id, "reading", 3);
  await addWorker();
  await content.sql("select coursemesh_content_jobs.add_job('run-import', $1::json)", [
    JSON.stringify({ id, tenantId: ONE }),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(content.courses.requests).toEqual([]);
  expect((await content.ended(id)).state).toBe(ImportState.COMPLETE);
}, 20_000);

it("ends an import that was canceled while its process was dead, and leaves nothing of it", async () => {
  const id = await startQuiz();
  await leaveLeased(id, "reading", -5);
  await as(owner, () => content.mesh.clients.of(ImportService).cancelImport({ id }));
  await addWorker();
  expect((await content.ended(id)).state).toBe(ImportState.CANCELED);
  await vi.waitFor(async () => expect(await content.blobs()).toEqual({ stored: [], incoming: [] }), {
    timeout: 10_000,
  });
  expect(content.courses.requests).toEqual([]);
});

it("cancels an import that waits at once", async () => {
  const id = await startQuiz();
  const imports = content.mesh.clients.of(ImportService);
  await as(owner, () => imports.cancelImport({ id }));
  expect((await as(owner, () => imports.getImport({ id }))).import?.state).toBe(ImportState.CANCELED);
  await addWorker();
  expect((await content.ended(id)).state).toBe(ImportState.CANCELED);
});

it("gives up on an import that ends its process every time", async () => {
  const id = await startQuiz();
  await leaveLeased(id, "reading", -5);
  await content.sql("update import set attempts = 99 where id = $1", [id]);
  await addWorker();
  expect(await content.ended(id)).toMatchObject({ state: ImportState.FAILED, errorReason: "INTERNAL" });
});

it("shows the progress of a worker to those who watch at another replica", async () => {
  await addWorker();
  await content.mesh.add(content.build({ IMPORT_WORKERS: "0" }));
  const id = await startQuiz();
  expect((await content.ended(id)).state).toBe(ImportState.COMPLETE);
});
