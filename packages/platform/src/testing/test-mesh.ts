import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { type Caller, CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { pino } from "pino";
import { runAs } from "../auth/caller.ts";
import { callerSignature } from "../auth/caller-signature.ts";
import { permissionsOfRole, ROLES } from "../auth/permissions.ts";
import { diskBlobStore } from "../blobs/disk-blob-store.ts";
import { inProcessBus } from "../events/in-process-bus.ts";
import { type Clients, clientInterceptors, clientsOver } from "../rpc/clients.ts";
import { serverInterceptors } from "../rpc/server-interceptors.ts";
import type { App, AppDeps } from "../service/app.ts";
import { inMemoryMesh } from "../service/in-memory-mesh.ts";
import { TEST_SECRET } from "./test-database.ts";

/** Some services in memory, called with the interceptors they have in production. */
export interface TestMesh {
  readonly clients: Clients;
  readonly deps: AppDeps;
  /** Builds and starts one more service. */
  add(build: (deps: AppDeps) => App): Promise<App>;
  stop(): Promise<void>;
}

export async function createTestMesh(): Promise<TestMesh> {
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" }, pino.destination(2));
  const signature = callerSignature(TEST_SECRET);
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const clients = clientsOver(mesh.transportFor);
  const blobs = await diskBlobStore(await mkdtemp(join(tmpdir(), "coursemesh-test-blobs-")));
  const deps: AppDeps = { clients, bus: inProcessBus(1), blobs, logger };
  const apps: App[] = [];
  return {
    clients,
    deps,
    async add(build) {
      const app = build(deps);
      mesh.add(app);
      await app.start();
      apps.push(app);
      return app;
    },
    async stop() {
      for (const app of apps.toReversed()) await app.stop();
    },
  };
}

/** A person of an organization, as the edge would have found it. */
export function personCaller(
  organizationId: string,
  role: keyof typeof ROLES = "owner",
  id = "00000000-0000-7000-8000-00000000aaaa",
): Caller {
  return create(CallerSchema, {
    kind: CallerKind.PERSON,
    id,
    organizationId,
    permissions: [...permissionsOfRole(ROLES[role])],
    displayName: `Test ${role}`,
  });
}

/** Runs calls as a caller: `await as(owner, () => clients.of(CourseService).getCourse({…}))`. */
export const as = runAs;
