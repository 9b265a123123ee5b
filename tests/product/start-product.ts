import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@coursemesh/platform/net/free-port.ts";

/** How the product runs: everything in one process, or one process per service. */
export type Shape = "single" | "mesh";

/** A product that was started as a user would, on ports and a folder of its own. */
export interface Product {
  readonly url: string;
  /** Content origin without a course version's label. */
  readonly contentUrl: string;
  readonly grpcUrl: string;
  readonly dataDir: string;
  /** `Basic …` of a key with every scope. */
  readonly authorization: string;
  readonly apiKey: { readonly id: string; readonly secret: string };
  readonly admin: { readonly email: string; readonly password: string };
  /** What it printed so far. */
  readonly output: readonly string[];
  /** Of its process at the moment; in the mesh of the one that keeps the others running. */
  pid(): number;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, without any farewell. */
  kill(): Promise<void>;
  /** Starts again on the same folder and ports. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** What a test may want otherwise. */
export interface ProductOptions {
  readonly shape?: Shape;
  readonly env?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const READY_LIMIT_MS = 90_000;
const apiKey = { id: "test-key", secret: "test-secret-0123456789abcdef" };
const admin = { email: "owner@example.com", password: "Correct-Horse-7-Battery" };

/** Starts the product and waits for its ready line. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "coursemesh-product-"));
  // Made for its owner only by default; PostgreSQL may run as another user.
  chmodSync(dataDir, 0o755);
  const [port, contentPort, grpcPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const output: string[] = [];
  const env = {
    ...process.env,
    HOST: "127.0.0.1",
    PORT: String(port),
    CONTENT_PORT: String(contentPort),
    GRPC_PORT: String(grpcPort),
    DATA_DIR: dataDir,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    BOOTSTRAP_API_KEY: `${apiKey.id}:${apiKey.secret}`,
    SAMPLES: "0",
    RATE_LIMITS: "0",
    // A mesh of somebody else's may run on this machine; its fifteen ports are above those that connections go out from.
    MESH_PORT_OFFSET: String(10_950 + 16 * randomInt(250)),
    ...options.env,
  };
  let child = await launch(options.shape ?? "single", env, output);
  return {
    url: `http://127.0.0.1:${port}`,
    contentUrl: `http://localhost:${contentPort}`,
    grpcUrl: `http://127.0.0.1:${grpcPort}`,
    dataDir,
    authorization: `Basic ${Buffer.from(`${apiKey.id}:${apiKey.secret}`).toString("base64")}`,
    apiKey,
    admin,
    output,
    pid: () => child.pid ?? 0,
    stop: () => end(child, "SIGTERM"),
    kill: async () => void (await end(child, "SIGKILL")),
    restart: async () => {
      child = await launch(options.shape ?? "single", env, output);
    },
    remove: async () => {
      await end(child, "SIGTERM");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function launch(shape: Shape, env: NodeJS.ProcessEnv, output: string[]): Promise<ChildProcess> {
  const file = shape === "single" ? "packages/mesh/src/start.ts" : "packages/mesh/src/mesh.ts";
  const args = ["--import", "./packages/platform/src/telemetry/register.ts", file];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      // Nobody else knows of it.
      child.kill("SIGTERM");
      reject(new Error(`no ready line in ${READY_LIMIT_MS / 1000} s:\n${output.join("\n")}`));
    }, READY_LIMIT_MS);
    const read = (line: string): void => {
      output.push(line);
      if (process.env.TEST_LOG_LEVEL) console.error(line);
      if (line.startsWith("ready ")) {
        clearTimeout(late);
        resolve();
      }
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", read);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`it ended with ${code} before it was ready:\n${output.join("\n")}`));
    });
  });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
  return child.exitCode;
}
