import { createHash, createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { canReach, findPostgresBinaries } from "@coursemesh/platform/db/postgres-binaries.ts";

/** The folder one installation lives in. */
export interface DataDir {
  readonly path: string;
  /** Secret that everything else is derived from; made at first start, readable by its owner only. */
  readonly secret: string;
  /** A secret for one purpose. */
  derive(purpose: string): string;
  /** Folder of the built-in PostgreSQL; elsewhere when PostgreSQL's user cannot reach this one, see `postgresMoved`. */
  readonly postgres: string;
  /** Set when the database had to go elsewhere. */
  readonly postgresMoved: boolean;
  /** Gives the folder back. */
  release(): void;
}

/** Opens the folder for this process alone. @throws Error with one sentence when another process uses it or it cannot be written. */
export async function openDataDir(folder: string): Promise<DataDir> {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new Error(`DATA_DIR ${path} cannot be made: ${(cause as Error).message}`, { cause });
  }
  const lock = join(path, "coursemesh.pid");
  takeLock(lock, path);
  const secret = readSecret(join(path, "secret"));
  const { postgres, moved } = await postgresFolder(path);
  return {
    path,
    secret,
    derive: (purpose) => deriveFrom(secret, purpose),
    postgres,
    postgresMoved: moved,
    release: () => rmSync(lock, { force: true }),
  };
}

/** A secret for one purpose of an installation that runs, for tools on its machine. @throws Error with one sentence when the folder holds none */
export function derivedSecretOf(folder: string, purpose: string): string {
  const file = join(resolve(folder), "secret");
  if (!existsSync(file)) throw new Error(`DATA_DIR ${resolve(folder)} holds no installation`);
  return deriveFrom(readSecret(file), purpose);
}

function deriveFrom(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(purpose).digest("base64url");
}

function takeLock(lock: string, path: string): void {
  const owner = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
  if (owner > 0 && owner !== process.pid && isOurs(owner)) {
    throw new Error(`DATA_DIR ${path} is in use by process ${owner}; stop it or choose another folder`);
  }
  writeFileSync(lock, String(process.pid));
}

/** A process id may have been given to another program since; only a Node process that still runs counts. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("node");
}

function readSecret(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(48).toString("base64url"), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, "utf8").trim();
}

/** PostgreSQL does not run as root; its user must be able to search every folder above its data. */
async function postgresFolder(path: string): Promise<{ postgres: string; moved: boolean }> {
  const inside = join(path, "postgres");
  const { runAs } = await findPostgresBinaries();
  if (runAs === undefined || canReach(path, runAs)) return { postgres: inside, moved: false };
  const name = createHash("sha256").update(path).digest("hex").slice(0, 12);
  const parent = existsSync("/var/lib") ? "/var/lib/coursemesh" : join(tmpdir(), "coursemesh");
  mkdirSync(join(parent, name), { recursive: true, mode: 0o755 });
  return { postgres: join(parent, name, "postgres"), moved: true };
}
