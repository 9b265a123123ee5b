import { join } from "node:path";
import { serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import type { DataDir } from "./data-dir.ts";
import { publicUrls, type StartConfig } from "./start-config.ts";

type Env = Record<string, string | undefined>;

/** The environment every process of an installation shares. */
export function sharedEnv(config: StartConfig, dataDir: DataDir): Env {
  const { publicUrl, contentUrl } = publicUrls(config);
  return {
    ...process.env,
    HOST: config.HOST,
    LOG_LEVEL: config.LOG_LEVEL,
    MESH_PORT_OFFSET: String(config.MESH_PORT_OFFSET),
    MESH_SECRET: dataDir.derive("mesh"),
    TOKEN_SECRET: dataDir.derive("token"),
    SECRETS_KEY: dataDir.derive("secrets"),
    BLOB_DIR: join(dataDir.path, "blobs"),
    UPLOAD_DIR: join(dataDir.path, "uploads"),
    PUBLIC_URL: publicUrl,
    CONTENT_URL: contentUrl,
    RATE_LIMITS: config.RATE_LIMITS,
  };
}

/** The environment of one service: the shared one, with its own role's address of the database and no port, which the shape decides. */
export function serviceEnv(shared: Env, ownerUrl: string, dataDir: DataDir, service: string): Env {
  return { ...shared, PORT: undefined, DATABASE_URL: serviceUrl(ownerUrl, dataDir.secret, service) };
}
