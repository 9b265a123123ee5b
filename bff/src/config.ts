import { flag, integer, port } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";
import { rateLimitTable } from "./rate-limit/plan-limits.ts";

/** Address people type into a browser, without a slash at its end. */
const address = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .transform((text) => text.replace(/\/+$/, ""));

/** Keys are environment variables. */
export const bffConfig = z.object({
  /** Interface to listen on. */
  HOST: z.string().default("127.0.0.1"),
  /** Admin UI, web API and REST. */
  PORT: port.default(3000),
  /** Content origin: packages and the player. */
  CONTENT_PORT: port.default(3001),
  /** Where browsers reach PORT. Decides whether cookies are `Secure` and whether HSTS is sent. */
  PUBLIC_URL: address.default("http://localhost:3000"),
  /** Where browsers reach CONTENT_PORT; `{version}` in the host stands for an origin of its own for each course version. */
  CONTENT_URL: z.string().default("http://localhost:3001"),
  /** Who may frame the player, as CSP sources, for instance `'self' https://lms.example`; its own origin only when absent. */
  FRAME_ANCESTORS: z
    .string()
    .regex(/^[^;,\r\n]+$/, "must be CSP sources separated by spaces")
    .optional(),
  /** Folder of the built web UI and, below `player`, of the built player. */
  WEB_DIR: z.string().default("web/dist"),
  /** `0` turns limits off; `free=100,basic=500,premium=1000,enterprise=10000,anonymous=50` changes some of them, in calls an hour. */
  RATE_LIMITS: rateLimitTable.prefault("1"),
  /** Proxies in front whose `X-Forwarded-*` headers are believed: how many, or a comma list of addresses. */
  TRUST_PROXY: z
    .string()
    .default("0")
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text)),
  /** Answers `/metrics` also to others than this machine. */
  METRICS_PUBLIC: flag.default(false),
  /** Largest body of a JSON request in bytes. */
  JSON_LIMIT: integer(1_000).default(1_048_576),
  /** Largest JSON of one request to `/xapi/statements` in bytes. */
  XAPI_JSON_LIMIT: integer(1_000, 12 * 1024 * 1024).default(8 * 1024 * 1024),
  /** Largest `multipart/mixed` body, statements with their attachments, in bytes. */
  XAPI_MULTIPART_LIMIT: integer(1_000).default(256 * 1024 * 1024),
});

/** The BFF's configuration after reading. */
export type BffConfig = z.output<typeof bffConfig>;
