import type { FastifyReply, FastifyRequest } from "fastify";
import { toHttpFailure } from "../http/http-errors.ts";

/** Statuses that say more than a code of Connect does. */
const STATUS: Readonly<Record<string, number>> = {
  LAUNCH_NOT_FOUND: 404,
  LAUNCH_OVER: 410,
  LEASE_LOST: 409,
  JOURNAL_INVALID: 422,
};
const RETRY_SECONDS = 2;

/** An error as the player and people are told. */
export interface LaunchFailure {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What may be said about an error; faults of ours go to the log. Sets the status, and when to ask again. */
export function failLaunch(error: Error, request: FastifyRequest, reply: FastifyReply): LaunchFailure {
  const failure = toHttpFailure(error, request);
  const status = STATUS[failure.reason] ?? failure.status;
  reply.code(status).header("cache-control", "no-store");
  if (status === 503 || status === 429) reply.header("retry-after", RETRY_SECONDS);
  const reason = failure.reason || failure.code.toUpperCase();
  return { status, reason, message: failure.message, metadata: failure.metadata };
}
