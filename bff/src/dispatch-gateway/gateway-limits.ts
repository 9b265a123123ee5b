import { createHash } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";

/** Kinds of calls that are counted apart. */
export type LimitedCall = "launch" | "redeem" | "page" | "results" | "report";

const WINDOW_SECONDS = 60;
/** Calls a minute by address, and by what a call is about: a school comes from one address, and one session from one browser. */
const LIMITS: Readonly<Record<LimitedCall, { readonly address: number; readonly subject: number }>> = {
  launch: { address: 3_000, subject: 1_000 },
  redeem: { address: 3_000, subject: 20 },
  page: { address: 6_000, subject: 6_000 },
  results: { address: 20_000, subject: 240 },
  report: { address: 20_000, subject: 600 },
};

/** Counts one call. @throws RATE_LIMITED, with `Retry-After` */
export type GatewayLimit = (
  request: FastifyRequest,
  reply: FastifyReply,
  call: LimitedCall,
  subject: string,
) => Promise<void>;

/**
 * Limits calls of anonymous pages by address and subject, a dispatch or a token. A limiter that fails lets calls through.
 * @param enabled false turns limits off.
 */
export function gatewayLimits(limiter: RateLimiter, logger: Logger, enabled: boolean): GatewayLimit {
  if (!enabled) return async () => undefined;
  const take = (key: string, limit: number) =>
    limiter.take(key, limit, WINDOW_SECONDS).catch((error: unknown) => {
      logger.warn({ err: error }, "a call of a dispatched course could not be counted and was let through");
      return undefined;
    });

  return async (request, reply, call, subject) => {
    const limits = LIMITS[call];
    // Tokens are keys to a session and do not belong into a shared store.
    const about = createHash("sha256").update(subject).digest("base64url").slice(0, 22);
    const decisions = await Promise.all([
      take(`dispatch:${call}:address:${request.ip}`, limits.address),
      take(`dispatch:${call}:${request.ip}:${about}`, limits.subject),
    ]);
    const refused = decisions.find((decision) => decision?.allowed === false);
    if (refused === undefined) return;
    const seconds = Math.max(1, refused.resetSeconds - Math.floor(Date.now() / 1_000));
    reply.header("retry-after", seconds);
    throw serviceError(Code.ResourceExhausted, "RATE_LIMITED", "too many requests; wait a moment", {
      retry_after_seconds: String(seconds),
    });
  };
}
