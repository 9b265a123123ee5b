import { flag, integer, port, redisUrl } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

/** What `npm start` and `npm run mesh` read. Other variables reach the services as they are. */
export const startConfig = z
  .object({
    /** Interface to listen on. */
    HOST: z.string().default("127.0.0.1"),
    /** UI, BFF, REST. */
    PORT: port.default(3000),
    /** Player and content. */
    CONTENT_PORT: port.default(3001),
    /** gRPC, gRPC-Web and Connect for all services. */
    GRPC_PORT: port.default(50050),
    /** Added to the ports of the mesh's services, so that two meshes fit on one machine. */
    MESH_PORT_OFFSET: integer(0, 15_000).default(0),
    /** Database, blobs, uploads, secrets. */
    DATA_DIR: z.string().default("./.data"),
    /** First owner of the first organization. */
    ADMIN_EMAIL: z.email("must be an e-mail address").default("admin@example.com"),
    /** Made up and printed once when absent. */
    ADMIN_PASSWORD: z.string().optional(),
    /** `id:secret` of a key with every scope on the first organization, made at first start. */
    BOOTSTRAP_API_KEY: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,100}:[^\s:]{16,200}$/, "must be id:secret with a secret of 16 characters or more")
      .optional(),
    /** Import the sample courses at first start. */
    SAMPLES: flag.default(true),
    /** `0` turns limits off; the BFF also takes a table, `free=100,premium=1000`. */
    RATE_LIMITS: z.string().default("1"),
    /** PostgreSQL of your own, as a role that may create roles and schemas; the built-in one when absent. */
    DATABASE_URL: z.string().optional(),
    /** Address people open; made from HOST and PORT when absent. */
    PUBLIC_URL: z.url().optional(),
    /** Address of the content origin; `{version}` gives each course version an origin of its own. */
    CONTENT_URL: z.string().optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
    /** In the mesh: events and rate limits go through it. One process needs none. */
    REDIS_URL: redisUrl.optional(),
    S3_ENDPOINT: z.string().optional(),
    S3_BUCKET: z.string().optional(),
  })
  .superRefine((config, context) => {
    for (const name of ["S3_ENDPOINT", "S3_BUCKET"] as const) {
      if (config[name] !== undefined)
        context.addIssue({
          code: "custom",
          path: [name],
          message: "object stores are not supported yet; unset it to keep blobs in DATA_DIR",
        });
    }
    const ports = [config.PORT, config.CONTENT_PORT, config.GRPC_PORT].filter((it) => it !== 0);
    if (new Set(ports).size !== ports.length)
      context.addIssue({
        code: "custom",
        path: ["CONTENT_PORT"],
        message: "PORT, CONTENT_PORT and GRPC_PORT must differ",
      });
  });

/** The parsed form. */
export type StartConfig = z.output<typeof startConfig>;

/** Where people find the UI and the content, seen from their browser. */
export function publicUrls(config: StartConfig): { publicUrl: string; contentUrl: string } {
  const host = config.HOST === "0.0.0.0" || config.HOST === "::" ? "localhost" : config.HOST;
  const bracketed = host.includes(":") ? `[${host}]` : host;
  const publicUrl = (config.PUBLIC_URL ?? `http://${bracketed}:${config.PORT}`).replace(/\/$/, "");
  // Browsers send every *.localhost to loopback, so each course version has an origin of its own without any set-up.
  const isLocal = ["127.0.0.1", "localhost", "::1"].includes(host);
  const contentUrl =
    config.CONTENT_URL ??
    (isLocal ? `http://{version}.localhost:${config.CONTENT_PORT}` : `http://${bracketed}:${config.CONTENT_PORT}`);
  return { publicUrl, contentUrl: contentUrl.replace(/\/$/, "") };
}
