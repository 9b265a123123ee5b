import type { Interceptor } from "@connectrpc/connect";
import { accessOf } from "@coursemesh/platform/rpc/access.ts";

/**
 * RPCs that anyone may call are answered without looking at credentials: a page whose access token has just expired must be able to
 * renew it, though its client sends the old one with every call.
 */
export const ignoreNeedlessCredentials: Interceptor = (next) => (request) => {
  if (accessOf(request.method).case === "anyone") request.header.delete("authorization");
  return next(request);
};
