import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { gatewayCalls } from "./gateway-calls.ts";
import { gatewayLimits } from "./gateway-limits.ts";
import { gatewayPages } from "./gateway-pages.ts";

/** Where customers' platforms and their learners reach dispatches. Packages carry this address for years: it does not change. */
export const GATEWAY_PREFIX = "/dispatch/v1";

/** Addresses that need no caller: a package's signature, a code, a link or a session's token says what may be done. */
export const OPEN_DISPATCH_ROUTES =
  /^\/dispatch\/v1\/(?:exchanges(?:\/redeem)?|results|receipts|callbacks|bridge\/.*|assets\/.*|aicc\/.*|links\/.*)$/;

/** What the gateway is made with. */
export interface GatewayDeps {
  readonly clients: Clients;
  readonly limiter: RateLimiter;
  readonly logger: Logger;
  readonly contentUrl: string;
  readonly webDir: string;
  /** Whether calls are limited at all. */
  readonly limited: boolean;
}

/** The public side of dispatches: calls of package pages and bridges, and pages for learners' browsers. No cookie is read or set. */
export async function dispatchGateway(server: FastifyInstance, deps: GatewayDeps): Promise<void> {
  const { clients, limiter, logger, limited, contentUrl, webDir } = deps;
  const limit = gatewayLimits(limiter, logger, limited);
  await server.register(async (scope) => gatewayCalls(scope, clients, limit), { prefix: GATEWAY_PREFIX });
  await server.register(
    (scope) => gatewayPages(scope, { clients, limit, prefix: GATEWAY_PREFIX, contentUrl, webDir }),
    { prefix: GATEWAY_PREFIX },
  );
}
