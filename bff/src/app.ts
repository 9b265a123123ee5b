import type { AddressInfo } from "node:net";
import { callerAuthenticator } from "@coursemesh/platform/auth/caller-authenticator.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import type { FastifyInstance } from "fastify";
import { analyticsExportServer } from "./analytics-export/export-server.ts";
import { apiV1Server } from "./api-v1/api-v1-server.ts";
import { apiServer } from "./api-v2/api-server.ts";
import { courseDirectory } from "./catalog/course-directory.ts";
import type { BffConfig } from "./config.ts";
import { contentServer } from "./content-server.ts";
import type { BffDeps } from "./deps.ts";
import { downloadServer } from "./dispatch-download/download-server.ts";
import { dispatchExportServer } from "./dispatch-export/export-server.ts";
import { dispatchGateway, OPEN_DISPATCH_ROUTES } from "./dispatch-gateway/gateway-server.ts";
import { healthRoutes } from "./health/health-routes.ts";
import { createServer } from "./http/create-server.ts";
import { type Guard, requireAccess } from "./http/guarded-route.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { metricsRoute } from "./metrics/metrics-route.ts";
import { inProcessRateLimiter } from "./rate-limit/in-process-rate-limiter.ts";
import { limitRequests } from "./rate-limit/limit-requests.ts";
import { exportServer } from "./statement-export/export-server.ts";
import { webApp } from "./static/web-app.ts";
import { uploadServer } from "./uploads/upload-server.ts";
import { rpcRoutes } from "./web/rpc-routes.ts";
import { OPEN_XAPI_ROUTES, xapiServer } from "./xapi/xapi-server.ts";

/** What `/healthz` and `/api/v2/about` call this product. */
const VERSION = "0.1.0";

/** Health and pages are for all; RPCs declare access in their contract; the rest of the REST API's addresses answers nothing but errors. */
const OPEN_ROUTES = [
  /^\/(?:livez|healthz|metrics)?$/,
  /^\/\*$/,
  /^\/rpc\/coursemesh\.web\./,
  /^\/api\/v[12]\/\*$/,
  OPEN_XAPI_ROUTES,
  OPEN_DISPATCH_ROUTES,
];

/** The BFF, built and not started. */
export interface Bff {
  /** Opens both ports. */
  start(): Promise<void>;
  /** Takes no new requests, finishes those under way. */
  stop(): Promise<void>;
  /** Where it listens, once it has started. */
  ports(): { readonly web: number; readonly content: number };
  /** The server of PORT, for tests that need no network. */
  readonly web: FastifyInstance;
}

/** Composition root: the admin port and the content port, two origins that share nothing but this process. */
export async function buildBff(config: BffConfig, deps: BffDeps): Promise<Bff> {
  const { clients, signature, logger } = deps;
  const authenticate = deps.authenticate ?? callerAuthenticator(clients);
  const directory = courseDirectory(clients);
  const limiter = deps.rateLimiter ?? inProcessRateLimiter();
  const guard: Guard = { authenticate, limit: limitRequests(limiter, clients, config.RATE_LIMITS, logger) };
  const unlimited: Guard = { authenticate, limit: async () => undefined };

  const web = createServer(config, logger);
  requireAccess(web, OPEN_ROUTES);
  securityHeaders(web, config.PUBLIC_URL);
  healthRoutes(web, VERSION, deps.health);
  if (deps.metrics) metricsRoute(web, deps.metrics, config.METRICS_PUBLIC);
  const viewDeps = { clients, authenticate, directory, logger, publicUrl: config.PUBLIC_URL };
  await rpcRoutes(web, viewDeps, serverInterceptors({ signature, authenticate, logger }));
  await uploadServer(web, clients, unlimited);
  await exportServer(web, clients, guard);
  await analyticsExportServer(web, clients, guard);
  await downloadServer(web, clients, guard);
  await dispatchExportServer(web, clients, guard);
  await apiV1Server(web, clients, guard);
  await apiServer(web, { clients, directory, logger }, guard);
  await xapiServer(web, clients, guard, limiter, {
    json: config.XAPI_JSON_LIMIT,
    multipart: config.XAPI_MULTIPART_LIMIT,
  });
  await dispatchGateway(web, {
    clients,
    limiter,
    logger,
    contentUrl: config.CONTENT_URL,
    webDir: config.WEB_DIR,
    limited: config.RATE_LIMITS !== undefined,
  });
  await webApp(web, config.WEB_DIR);

  const content = await contentServer(config, deps);

  return {
    web,
    async start() {
      await web.listen({ host: config.HOST, port: config.PORT });
      await content.listen({ host: config.HOST, port: config.CONTENT_PORT });
    },
    async stop() {
      await Promise.all([web.close(), content.close()]);
    },
    ports: () => ({ web: portOf(web), content: portOf(content) }),
  };
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address() as AddressInfo | null;
  if (address === null) throw new Error("the BFF has not started");
  return address.port;
}
