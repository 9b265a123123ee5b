import { openDatabase } from "@coursemesh/platform/db/database.ts";
import { readEgressAllow } from "@coursemesh/platform/egress/egress-allow.ts";
import { egressClient } from "@coursemesh/platform/egress/egress-client.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { jobsOn, jobsSchemaOf } from "@coursemesh/platform/jobs/jobs.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { ContentConfig } from "./config.ts";
import { ImportEntity } from "./import/import.entity.ts";
import { importRepository, RUN_IMPORT, TELL_CALLBACK } from "./import/import.repository.ts";
import { importRpc } from "./import/import.rpc.ts";
import { importSignal } from "./import/import-signal.ts";
import { runImport } from "./import/run-import.ts";
import { tellCallback } from "./import/tell-callback.ts";
import { COLLECT_GARBAGE, collectGarbage } from "./package-files/blob-garbage.ts";
import { deleteWithCourse } from "./package-files/delete-with-course.ts";
import { PackageEntity } from "./package-files/package.entity.ts";
import { packageRepository } from "./package-files/package.repository.ts";
import { packageRpc } from "./package-files/package.rpc.ts";
import { PackageFileEntity } from "./package-files/package-file.entity.ts";
import { contentRoutes, contentServices } from "./routes.ts";
import type { Storage } from "./storage.ts";
import { expireUpload } from "./upload/expire-upload.ts";
import { UploadEntity } from "./upload/upload.entity.ts";
import { EXPIRE_UPLOAD, uploadRepository } from "./upload/upload.repository.ts";
import { uploadRpc } from "./upload/upload.rpc.ts";
import { uploadFolder } from "./upload/upload-folder.ts";

const ENTITIES = [UploadEntity, ImportEntity, PackageEntity, PackageFileEntity];

/** Composition root of the content service. */
export function buildApp(config: ContentConfig, deps: AppDeps): App {
  const { clients, bus, blobs, logger } = deps;
  let opened: Storage | undefined;
  let relay: OutboxRelay | undefined;
  let sweep: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;
  const storage: Storage = {
    get database() {
      return need(opened).database;
    },
    get jobs() {
      return need(opened).jobs;
    },
  };
  const uploads = uploadRepository(storage);
  const imports = importRepository(storage);
  const packages = packageRepository(storage);
  const folder = uploadFolder(config.UPLOAD_DIR);
  const changes = importSignal(config.DATABASE_URL, logger);
  const everything = config.IMPORT_ALLOW_PRIVATE ? ["0.0.0.0/0", "::/0"] : [];
  const allow = readEgressAllow([...config.IMPORT_ALLOW_HOSTS, ...everything].join(","));
  const egress = egressClient({ allow, plainHttp: true });
  const maxBytes = config.UPLOAD_MAX_BYTES;
  const rpcs = {
    uploads: uploadRpc({ uploads, folder, maxBytes, keepSeconds: config.UPLOAD_KEEP_SECONDS }),
    imports: importRpc({ imports, uploads, folder, egress, changes }),
    packages: packageRpc(packages, blobs),
  };
  const handlers = {
    [RUN_IMPORT]: runImport({
      ...{ imports, uploads, packages, folder, blobs, clients, logger, egress, maxBytes },
      limits: {
        packageBytes: maxBytes,
        files: config.PACKAGE_MAX_FILES,
        totalBytes: config.PACKAGE_MAX_TOTAL_BYTES,
        fileBytes: config.PACKAGE_MAX_FILE_BYTES,
      },
      fetchSeconds: config.IMPORT_FETCH_SECONDS,
      leaseSeconds: config.IMPORT_LEASE_SECONDS,
      maxAttempts: config.IMPORT_MAX_ATTEMPTS,
    }),
    [TELL_CALLBACK]: tellCallback(imports, egress, logger),
    [EXPIRE_UPLOAD]: expireUpload(uploads, imports, folder),
    [COLLECT_GARBAGE]: () => collectGarbage(storage.database, blobs),
  };
  const requeueLost = (): void => {
    imports
      .requeueLost()
      .catch((error: unknown) =>
        logger.warn({ err: error }, "looking for lost imports failed; it will be tried again"),
      );
  };

  return {
    name: "content",
    services: contentServices,
    routes: (router) => contentRoutes(router, rpcs),
    async start() {
      await folder.prepare();
      const database = await openDatabase({ url: config.DATABASE_URL, service: "content", entities: ENTITIES });
      const jobs = jobsOn(database.pool, jobsSchemaOf("content"), logger);
      opened = { database, jobs };
      await jobs.prepare();
      await changes.start();
      if (config.IMPORT_WORKERS > 0) {
        await jobs.start(handlers, config.IMPORT_WORKERS);
        sweep = setInterval(requeueLost, (config.IMPORT_LEASE_SECONDS * 1000) / 2);
        requeueLost();
      }
      unsubscribe = bus.subscribe(deleteWithCourse(packages));
      relay = outboxRelay(database.pool, bus, logger);
      relay.start();
    },
    check: () => storage.database.ping(),
    async stop() {
      clearInterval(sweep);
      unsubscribe?.();
      await opened?.jobs.stop();
      await relay?.stop();
      await changes.stop();
      await opened?.database.close();
      opened = undefined;
    },
  };
}

function need(opened: Storage | undefined): Storage {
  if (opened === undefined) throw new Error("the content service was not started");
  return opened;
}
