/** Headers of ours that pages of any origin may read. */
const EXPOSED = [
  "ETag",
  "Last-Modified",
  "Retry-After",
  "WWW-Authenticate",
  "X-Experience-API-Consistent-Through",
  "X-Experience-API-Version",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
].join(", ");

const ALLOWED = [
  "Accept",
  "Accept-Language",
  "Authorization",
  "Content-Encoding",
  "Content-Type",
  "If-Match",
  "If-None-Match",
  "X-Experience-API-Version",
  "X-Request-Id",
  "traceparent",
].join(", ");

/** On every answer. Credentials are a header that scripts set; cookies are never looked at, so any origin may call. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED,
  "cross-origin-resource-policy": "cross-origin",
};

/** On answers to a preflight. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
  "access-control-allow-headers": ALLOWED,
  "access-control-max-age": "86400",
};
