import { createHmac, timingSafeEqual } from "node:crypto";
import type { AcceptCallbackRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { canonicalCallback } from "./canonical-callback.ts";

/** HMAC-SHA256 of a callback. @param secret the launch's bridge secret, as text: it is never in a package. */
export function callbackSignature(secret: string, request: AcceptCallbackRequest): Buffer {
  return createHmac("sha256", secret).update(canonicalCallback(request)).digest();
}

/** Compares in constant time. */
export function isSignedWith(secret: string, request: AcceptCallbackRequest): boolean {
  const expected = callbackSignature(secret, request);
  return request.signature.length === expected.length && timingSafeEqual(request.signature, expected);
}
