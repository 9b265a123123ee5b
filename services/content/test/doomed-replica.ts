import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { pino } from "pino";
import { buildApp } from "../src/app.ts";
import { contentConfig } from "../src/config.ts";

/**
 * A replica of the content service in a process of its own that is killed by SIGKILL at the moment `DIE_AT` names: `reading`, with
 * some files staged, or `publishing`, when the course service has been asked and has not answered.
 */
const { DIE_AT, BLOB_FOLDER = "" } = process.env;
const die = (): Promise<never> => {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
};

const logger = pino({ level: "silent" });
const signature = callerSignature("doomed-doomed-doomed-doomed-doomed-doomed");
const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
const idle = async (): Promise<void> => undefined;
mesh.add({
  name: "course",
  services: [CourseService],
  routes: (router) => registerPartly(router, CourseService, { publishPackage: die }),
  start: idle,
  check: idle,
  stop: idle,
});
const store = await diskBlobStore(BLOB_FOLDER);
const blobs: BlobStore = DIE_AT === "reading" ? { ...store, batch: doomedBatch } : store;
const config = contentConfig.parse({ ...process.env, IMPORT_WORKERS: "1", IMPORT_LEASE_SECONDS: "1" });
await buildApp(config, { clients: clientsOver(mesh.transportFor), bus: inProcessBus(), blobs, logger }).start();
// A test that failed must not leave it behind.
setTimeout(() => process.exit(1), 30_000);

async function doomedBatch(name: string) {
  const batch = await store.batch(name);
  let count = 0;
  return {
    ...batch,
    put: async (source: Parameters<typeof batch.put>[0]) => {
      count += 1;
      return count > 3 ? die() : batch.put(source);
    },
  };
}
