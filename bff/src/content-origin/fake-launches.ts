import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, type ConnectError } from "@connectrpc/connect";
import { callerOf } from "@coursemesh/platform/auth/caller.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { createTestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import {
  type AppendJournalRequest,
  type CloseLaunchRequest,
  type OpenLaunchRequest,
  OpenLaunchResponseSchema,
  PlayerService,
} from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import fastify, { type FastifyInstance } from "fastify";
import { type ContentOriginDeps, contentOrigin } from "./content-origin.ts";
import { tolerateBadUrl } from "./file-routes.ts";

/** A token that opens the fake launch. */
export const TOKEN_OF_LAUNCH = "t0ken-of-the-only-launch-there-is";
export const VERSION = "0190f0a0-0000-7000-8000-00000000beef";
export const ORGANIZATION = "00000000-0000-7000-8000-000000000001";
export const PACKAGE = "00000000-0000-7000-8000-0000000000aa";

/** The content origin in front of one made-up launch of one made-up package. */
export interface FakeLaunches {
  readonly server: FastifyInstance;
  readonly deps: ContentOriginDeps;
  /** What the services were asked, in order, as `name argument`. */
  readonly asked: string[];
  readonly opened: OpenLaunchRequest[];
  readonly appended: AppendJournalRequest[];
  readonly closed: CloseLaunchRequest[];
  /** What the launch's state is called when it is opened; JSON text. */
  answer: MessageInitShape<typeof OpenLaunchResponseSchema>;
  /** Thrown by every RPC about launches while it is set. */
  failure: ConnectError | undefined;
  maxAgeSeconds: number;
  /** Who may frame the launch; none: whom the origin's configuration names. */
  frameAncestors: string[];
  stop(): Promise<void>;
}

export const launchNotFound = (): ConnectError =>
  serviceError(Code.NotFound, "LAUNCH_NOT_FOUND", "no launch has this token");
export const launchOver = (end: string): ConnectError =>
  serviceError(Code.FailedPrecondition, "LAUNCH_OVER", "the launch is over", { end });

/** @param files of the package: path, media type, bytes. */
export async function fakeLaunches(
  files: readonly (readonly [string, string, Uint8Array])[],
  options: Partial<ContentOriginDeps> = {},
): Promise<FakeLaunches> {
  const folder = await mkdtemp(join(tmpdir(), "coursemesh-test-origin-"));
  const blobs = await diskBlobStore(folder);
  const mesh = await createTestMesh();
  const fake: Omit<FakeLaunches, "server" | "deps"> = {
    asked: [],
    opened: [],
    appended: [],
    closed: [],
    answer: {},
    failure: undefined,
    maxAgeSeconds: 60,
    frameAncestors: [],
    async stop() {
      await server.close();
      await mesh.stop();
      await rm(folder, { recursive: true });
    },
  };
  const check = (token: string): void => {
    if (fake.failure) throw fake.failure;
    if (token !== TOKEN_OF_LAUNCH) throw launchNotFound();
  };
  await mesh.add(() =>
    fakeApp("runtime", PlayerService, {
      resolveLaunch: ({ token }) => {
        fake.asked.push("resolveLaunch");
        check(token);
        return {
          launchId: "l",
          organizationId: ORGANIZATION,
          packageId: PACKAGE,
          courseVersionId: VERSION,
          maxAgeSeconds: fake.maxAgeSeconds,
          frameAncestors: fake.frameAncestors,
        };
      },
      openLaunch: (request) => {
        check(request.token);
        fake.opened.push(request);
        return create(OpenLaunchResponseSchema, fake.answer);
      },
      appendJournal: (request) => {
        check(request.token);
        fake.appended.push(request);
        return { acknowledgedSeq: request.firstSeq + 1, result: { progress: 0.5 } };
      },
      closeLaunch: (request) => {
        check(request.token);
        fake.closed.push(request);
        return {};
      },
    }),
  );
  await mesh.add(() =>
    fakeApp("content", PackageService, {
      resolveFile: ({ packageId, path }, context) => {
        fake.asked.push(`resolveFile ${path}`);
        const found = files.find(([name]) => name === path || name === decodeURI(path));
        if (!found || packageId !== PACKAGE || callerOf(context).organizationId !== ORGANIZATION)
          throw serviceError(Code.NotFound, "PACKAGE_FILE_NOT_FOUND", "the package has no such file");
        const [name, mediaType, bytes] = found;
        const hash = createHash("sha256").update(bytes).digest("hex");
        return { file: { path: name, mediaType, hash, sizeBytes: BigInt(bytes.length) } };
      },
    }),
  );
  for (const [, , bytes] of files) await blobs.put(bytes);
  const deps: ContentOriginDeps = {
    clients: mesh.clients,
    bus: mesh.deps.bus,
    blobs,
    contentUrl: "http://content.test",
    playerHtml: async () => "<title>The player</title>",
    playerAssets: join(folder, "incoming"),
    ...options,
  };
  const server = fastify({ rewriteUrl: tolerateBadUrl, routerOptions: { maxParamLength: 1_000 } });
  await server.register(contentOrigin(deps));
  return Object.assign(fake, { server, deps });
}

function fakeApp<Service extends Parameters<typeof registerPartly>[1]>(
  name: string,
  service: Service,
  implementation: Parameters<typeof registerPartly<Service>>[2],
): App {
  return {
    name,
    services: [service],
    routes: (router) => registerPartly(router, service, implementation),
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
