import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Flags for every Chromium: nothing that talks to the network by itself, and no small shared memory to run out of. */
const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-dev-shm-usage",
];

/**
 * Where Chromium is: `CHROMIUM_PATH`, else the system's, else the one of the npm package `@sparticuz/chromium`, which is unpacked
 * the first time.
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") return named;
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );
  return system ?? (await unpacked());
}

/**
 * Unpacks Chromium into a folder of this user's own below the one for temporary files. The package itself always takes `/tmp/chromium`,
 * which only the user who came first can run, and takes a half-unpacked one for whole.
 */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), `coursemesh-chromium-${userInfo().uid}`);
  const path = join(folder, "chromium");
  if (existsSync(path)) return path;
  const unfinished = `${folder}.${process.pid}`;
  const before = process.env.TMPDIR;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    process.env.TMPDIR = unfinished;
    await sparticuz.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another process was faster.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return path;
}

/** Starts Chromium without a window. The caller closes it. */
export async function launchChromium(extraFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = await findChromium();
  const start = (more: readonly string[]) =>
    chromium.launch({ executablePath, headless: true, args: [...flags, ...more, ...extraFlags] });
  // Chromium's sandbox needs an ordinary user, and a system that gives such a user namespaces; containers often do not.
  if (process.getuid?.() === 0) return start(["--no-sandbox"]);
  return start([]).catch(() => start(["--no-sandbox"]));
}
