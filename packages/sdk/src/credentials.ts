import type { Interceptor } from "@connectrpc/connect";

/** Sends an API key with every call. */
export function basicCredentials({ id, secret }: { readonly id: string; readonly secret: string }): Interceptor {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  return (next) => (request) => {
    if (!request.header.has("authorization")) request.header.set("authorization", authorization);
    return next(request);
  };
}
