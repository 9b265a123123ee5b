import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { clientInterceptors, clientsOver, serviceNameOf } from "@coursemesh/platform/rpc/clients.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { pino } from "pino";
import { type Bff, buildBff } from "../app.ts";
import { bffConfig } from "../config.ts";
import type { BffDeps } from "../deps.ts";

/** A service of which only some methods answer. */
export interface FakeService {
  readonly service: DescService;
  readonly register: (router: ConnectRouter) => void;
}

/** Some methods of a service; the others answer NOT_BUILT. */
export function fake<Service extends DescService>(
  service: Service,
  methods: Partial<ServiceImpl<Service>>,
): FakeService {
  return { service, register: (router) => registerPartly(router, service, methods) };
}

/** What a test wants otherwise. */
export interface TestBffOptions {
  readonly env?: Record<string, string>;
  readonly fakes?: readonly FakeService[];
  /** Who an `Authorization` header is; others are refused. */
  readonly callers?: Readonly<Record<string, Caller>>;
  readonly deps?: Partial<BffDeps>;
}

/** The BFF with fake services behind the interceptors real ones have. */
export async function testBff({ env = {}, fakes = [], callers = {}, deps = {} }: TestBffOptions): Promise<Bff> {
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const signature = callerSignature("test-secret-test-secret-test-secret-0123");
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const names = ["user", "course", "content", "runtime", "sequencing", "lrs", "analytics", "webhook", "dispatch"];
  for (const name of names) {
    const mine = fakes.filter((it) => serviceNameOf(it.service) === name);
    mesh.add({
      name,
      services: mine.map((it) => it.service),
      routes: (router) => {
        for (const it of mine) it.register(router);
      },
      start: async () => undefined,
      check: async () => undefined,
      stop: async () => undefined,
    });
  }
  return buildBff(readConfig(bffConfig, { RATE_LIMITS: "0", PORT: "0", CONTENT_PORT: "0", ...env }), {
    clients: clientsOver(mesh.transportFor),
    bus: inProcessBus(1),
    blobs: {} as BlobStore,
    logger,
    signature,
    health: async () => new Map(names.map((name) => [name, true])),
    authenticate: async (authorization) => {
      const caller = callers[authorization];
      if (caller === undefined) throw unauthenticated();
      return caller;
    },
    ...deps,
  });
}

/** Calls an RPC of the web API as a browser would. */
export async function callRpc(
  bff: Bff,
  method: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }> {
  const answer = await bff.web.inject({
    method: "POST",
    url: `/rpc/coursemesh.web.v1.${method}`,
    headers: { "content-type": "application/json", ...headers },
    payload: JSON.stringify(body),
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
}
