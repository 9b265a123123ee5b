import { ConfigError, readConfig } from "@coursemesh/platform/config/read-config.ts";
import { stopOnSignal } from "@coursemesh/platform/service/stop-on-signal.ts";
import { createLogger } from "@coursemesh/platform/telemetry/logger.ts";
import { stopTelemetry } from "@coursemesh/platform/telemetry/register.ts";
import { type DataDir, openDataDir } from "./data-dir.ts";
import { publicUrls, type StartConfig, startConfig } from "./start-config.ts";

/** A running installation. */
export interface Started {
  /** Set when the administrator's password was made up at this start. */
  readonly password: string | undefined;
  stop(): Promise<void>;
}

/** Starts an installation in one of its shapes, says where it is, and stops it on SIGTERM. Exits 1 with a sentence when it cannot start. */
export async function runInstallation(
  shape: (config: StartConfig, dataDir: DataDir) => Promise<Started>,
): Promise<void> {
  let dataDir: DataDir | undefined;
  try {
    const config = readConfig(startConfig, process.env);
    dataDir = await openDataDir(config.DATA_DIR);
    if (dataDir.postgresMoved)
      console.error(
        `PostgreSQL does not run as root and its user cannot reach DATA_DIR, so the database is in ${dataDir.postgres}.`,
      );
    const opened = dataDir;
    const started = await shape(config, dataDir);
    welcome(config, started);
    stopOnSignal(createLogger("coursemesh", config.LOG_LEVEL), async () => {
      await started.stop();
      opened.release();
      await stopTelemetry();
    });
  } catch (error) {
    dataDir?.release();
    console.error(sentenceOf(error));
    process.exit(1);
  }
}

function welcome(config: StartConfig, started: Started): void {
  const { publicUrl } = publicUrls(config);
  if (started.password !== undefined) {
    console.log(`Sign in as ${config.ADMIN_EMAIL} with the password ${started.password}`);
    console.log("It is not shown again. Change it under your name in the upper right corner.");
  }
  console.log(`ready ${publicUrl}`);
}

/** What an operator needs: one sentence; the rest is in the cause and the log. */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return `Coursemesh cannot start: ${error.message}`;
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE")
    return `Coursemesh cannot start: port ${port} is taken by another program; set PORT, CONTENT_PORT or GRPC_PORT.`;
  if (code === "ECONNREFUSED" && port !== undefined)
    return `Coursemesh cannot start: nothing answers on port ${port}; check DATABASE_URL.`;
  return `Coursemesh cannot start: ${message}`;
}
