import type { FastifyInstance } from "fastify";

/**
 * Headers that keep browsers from doing more with our pages than we meant. Content of packages is served from another origin
 * and has headers of its own.
 * @param publicUrl where browsers reach this server.
 */
export function securityHeaders(server: FastifyInstance, publicUrl: string): void {
  const headers: Record<string, string> = {
    // Component libraries set styles on elements; scripts come from files only.
    "content-security-policy": [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: https:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cross-origin-resource-policy": "same-origin",
  };
  if (publicUrl.startsWith("https:")) headers["strict-transport-security"] = "max-age=31536000; includeSubDomains";
  server.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
