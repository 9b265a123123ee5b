import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { metrics } from "@opentelemetry/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { tooManyRequests } from "../http/http-errors.ts";
import { callerLimit } from "./caller-limit.ts";
import type { PlanLimits } from "./plan-limits.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** Counts one request and says so in headers. @throws RESOURCE_EXHAUSTED when there are none left. */
export type LimitRequest = (request: FastifyRequest, reply: FastifyReply, caller: Caller | undefined) => Promise<void>;

const failures = metrics.getMeter("coursemesh.bff").createCounter("coursemesh.rate_limiter.failures", {
  description: "Requests let through because they could not be counted",
});

/**
 * Limits requests by caller, or by address for those nobody knows. A limiter that fails lets requests through.
 * @param limits undefined turns limiting off.
 */
export function limitRequests(
  limiter: RateLimiter,
  clients: Clients,
  limits: PlanLimits | undefined,
  logger: Logger,
): LimitRequest {
  if (limits === undefined) return async () => undefined;
  const limitOf = callerLimit(clients, limits);

  const count = async (request: FastifyRequest, caller: Caller | undefined) => {
    const limit = caller === undefined ? limits.anonymous : await limitOf(caller);
    const key = caller === undefined ? `address:${request.ip}` : `caller:${caller.organizationId}:${caller.id}`;
    return { limit, ...(await limiter.take(key, limit)) };
  };

  return async (request, reply, caller) => {
    const decision = await count(request, caller).catch((error: unknown) => {
      failures.add(1);
      logger.warn({ err: error }, "a request could not be counted and was let through");
    });
    if (decision === undefined) return;
    reply.header("x-ratelimit-limit", decision.limit);
    reply.header("x-ratelimit-remaining", decision.remaining);
    reply.header("x-ratelimit-reset", decision.resetSeconds);
    if (decision.allowed) return;
    reply.header("retry-after", Math.max(1, decision.resetSeconds - Math.floor(Date.now() / 1000)));
    throw tooManyRequests(decision.limit);
  };
}
