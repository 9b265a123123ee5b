import { setTimeout as sleep } from "node:timers/promises";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Interceptor, type StreamRequest, type UnaryRequest } from "@connectrpc/connect";
import { requestIdOf } from "./request-id.ts";

/** How often and how fast a call is repeated. */
export interface RetryOptions {
  /** Calls altogether; 4 when absent, 1 turns repeating off. */
  readonly attempts?: number;
  /** Longest pause before the second call in milliseconds, doubled before each further one; 200 when absent. */
  readonly pauseMs?: number;
}

/**
 * Repeats a call that found nobody there, when a repeat does no harm: the contract says so, or the call carries a `request_id`.
 * Pauses are random below their limit, so that clients that failed together do not come back together.
 */
export function retryUnavailable({ attempts = 4, pauseMs = 200 }: RetryOptions = {}): Interceptor {
  return (next) => async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(request);
      } catch (error) {
        const mayRepeat =
          attempt < attempts && ConnectError.from(error).code === Code.Unavailable && isHarmless(request);
        if (!mayRepeat) throw error;
        await sleep(Math.random() * pauseMs * 2 ** (attempt - 1), undefined, { signal: request.signal });
      }
    }
  };
}

function isHarmless(request: UnaryRequest | StreamRequest): boolean {
  if (request.stream) return false;
  const { idempotency } = request.method;
  return (
    idempotency === Idempotency.NO_SIDE_EFFECTS || idempotency === Idempotency.IDEMPOTENT || requestIdOf(request) !== ""
  );
}
