import { randomUUID } from "node:crypto";
import type { Interceptor, StreamRequest, UnaryRequest } from "@connectrpc/connect";

/** Gives creates the `request_id` they lack, by which the service knows a repeat for one. */
export const fillRequestId: Interceptor = (next) => (request) => {
  if (!request.stream && request.method.input.field.requestId !== undefined && requestIdOf(request) === "")
    (request.message as { requestId?: string }).requestId = randomUUID();
  return next(request);
};

/** The `request_id` of a call; empty when it has none. */
export function requestIdOf(request: UnaryRequest | StreamRequest): string {
  if (request.stream) return "";
  const { requestId } = request.message as { requestId?: unknown };
  return typeof requestId === "string" ? requestId : "";
}
