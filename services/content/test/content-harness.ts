import { randomUUID } from "node:crypto";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  type CreateImportRequestSchema,
  type Import,
  ImportService,
} from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import type { WriteUploadRequestSchema } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { UploadService } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import { CourseService, type PublishPackageRequest } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import pg from "pg";
import { buildApp } from "../src/app.ts";
import { contentConfig } from "../src/config.ts";
import { service } from "../src/service.ts";

/** Organizations that tests are about. */
export const ONE = "00000000-0000-7000-8000-000000000001";
export const TWO = "00000000-0000-7000-8000-000000000002";
export const owner = personCaller(ONE);
export const stranger = personCaller(TWO);

/** The course service as far as imports know it. */
export interface FakeCourses {
  /** Requests in the order in which they came, repeats included. */
  readonly requests: PublishPackageRequest[];
  /** What happens before the next answer; throws to fail. */
  before: (request: PublishPackageRequest) => Promise<void> | void;
}

/** The content service over a database of its own, with courses made up. */
export interface ContentHarness {
  readonly mesh: TestMesh;
  readonly courses: FakeCourses;
  readonly blobFolder: string;
  readonly uploadDir: string;
  /** Environment of another process on the same database and folders. */
  readonly env: Readonly<Record<string, string>>;
  /** Builds another replica. */
  build(env?: Record<string, string>): (deps: AppDeps) => App;
  /** Runs SQL as the owner of the database, who sees everything. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Uploads bytes in one stream. */
  upload(bytes: Uint8Array, caller?: Caller, filename?: string): Promise<string>;
  startImport(request: MessageInitShape<typeof CreateImportRequestSchema>, caller?: Caller): Promise<Import>;
  /** Waits until an import has ended. */
  ended(id: string, caller?: Caller): Promise<Import>;
  /** Uploads, imports and waits. */
  importBytes(bytes: Uint8Array, caller?: Caller): Promise<Import>;
  /** Names of stored blobs, and of half-stored ones. */
  blobs(): Promise<{ stored: string[]; incoming: string[] }>;
  stop(): Promise<void>;
}

export async function contentHarness(env: Record<string, string> = {}): Promise<ContentHarness> {
  const test: TestDatabase = await createTestDatabase([{ service: "content", migrations: service.migrations }]);
  const uploadDir = await mkdtemp(join(tmpdir(), "coursemesh-test-uploads-"));
  const blobFolder = await mkdtemp(join(tmpdir(), "coursemesh-test-blobs-"));
  const blobs = await diskBlobStore(blobFolder);
  const mesh = await createTestMesh();
  const admin = new pg.Pool({ connectionString: test.ownerUrl, options: "-c search_path=coursemesh_content", max: 2 });
  // Dropping the database ends connections that are still saying goodbye.
  admin.on("connect", (client) => client.on("error", () => undefined));
  const courses: FakeCourses = { requests: [], before: () => undefined };
  const build = (more: Record<string, string> = {}) => {
    const config = contentConfig.parse({
      DATABASE_URL: test.urlOf("content"),
      UPLOAD_DIR: uploadDir,
      IMPORT_LEASE_SECONDS: "2",
      ...env,
      ...more,
    });
    return (deps: AppDeps): App => buildApp(config, { ...deps, blobs });
  };
  await mesh.add(() => fakeCourseApp(courses));
  await mesh.add(build());
  const { clients } = mesh;
  const imports = clients.of(ImportService);

  const harness: ContentHarness = {
    mesh,
    courses,
    blobFolder,
    uploadDir,
    env: { DATABASE_URL: test.urlOf("content"), UPLOAD_DIR: uploadDir },
    build,
    sql: async (text, values) => (await admin.query(text, values)).rows,
    async upload(bytes, caller = owner, filename = "course.zip") {
      const uploads = clients.of(UploadService);
      return as(caller, async () => {
        const { upload } = await uploads.createUpload({
          requestId: randomUUID(),
          filename,
          sizeBytes: BigInt(bytes.length),
        });
        const id = present(upload).id;
        await uploads.writeUpload(parts(id, 0, bytes));
        return id;
      });
    },
    startImport: (request, caller = owner) =>
      as(caller, async () => present((await imports.createImport({ requestId: randomUUID(), ...request })).import)),
    ended: (id, caller = owner) =>
      as(caller, async () => {
        let last: Import | undefined;
        for await (const { import: it } of imports.watchImport({ id })) last = it;
        if (!last?.endTime) throw new Error(`the import stopped being watched in state ${last?.state}`);
        return last;
      }),
    async importBytes(bytes, caller = owner) {
      const uploadId = await harness.upload(bytes, caller);
      const { id } = await harness.startImport({ source: { case: "uploadId", value: uploadId } }, caller);
      return harness.ended(id, caller);
    },
    async blobs() {
      const found = await readdir(blobFolder, { recursive: true, withFileTypes: true });
      const files = found.filter((entry) => entry.isFile());
      const incoming = files.filter((entry) => entry.parentPath.includes("incoming"));
      return {
        stored: files.filter((entry) => !incoming.includes(entry)).map((entry) => entry.name),
        incoming: incoming.map((entry) => entry.name),
      };
    },
    async stop() {
      await mesh.stop();
      await admin.end();
      await test.drop();
    },
  };
  return harness;
}

/** A WriteUpload stream. */
export async function* parts(
  uploadId: string,
  offset: number,
  bytes: Uint8Array,
  options: { last?: boolean; chunk?: number; breakAfter?: number } = {},
): AsyncGenerator<MessageInitShape<typeof WriteUploadRequestSchema>> {
  const { last = true, chunk = 64 * 1024, breakAfter = Number.POSITIVE_INFINITY } = options;
  yield { part: { case: "header", value: { uploadId, offset: BigInt(offset), last } } };
  for (let at = 0; at < bytes.length; at += chunk) {
    if (at >= breakAfter) throw new Error("the line broke");
    yield { part: { case: "chunk", value: bytes.subarray(at, at + chunk) } };
  }
}

/** Answers PublishPackage, the same for the same request_id. */
function fakeCourseApp(courses: FakeCourses): App {
  const made = new Map<string, { courseId: string; versionId: string }>();
  return {
    name: "course",
    services: [CourseService],
    routes: (router) =>
      registerPartly(router, CourseService, {
        async publishPackage(request) {
          courses.requests.push(request);
          await courses.before(request);
          const ids = made.get(request.requestId) ?? {
            courseId: request.courseId || randomUUID(),
            versionId: randomUUID(),
          };
          made.set(request.requestId, ids);
          return { course: { id: ids.courseId }, courseVersion: { id: ids.versionId }, courseCreated: true };
        },
      }),
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("something a response always has is absent");
  return value;
}
