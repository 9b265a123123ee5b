import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The built launcher, which every package of a browser's format carries. */
export interface LauncherFiles {
  readonly script: Buffer;
  readonly styles: Buffer;
  /** Names this build: the first characters of its hash. */
  readonly version: string;
}

/** The launcher was not built, or its folder is another one. */
export class LauncherMissing extends Error {
  constructor(folder: string) {
    super(
      `packages cannot be made: ${folder} has no launcher.js and launcher.css; run \`npm run build:web\` or set LAUNCHER_DIR`,
    );
  }
}

/** Reads the launcher as it is built now: small enough to be read for each package, so a new build needs no restart. @throws LauncherMissing */
export async function readLauncher(folder: string): Promise<LauncherFiles> {
  try {
    const [script, styles] = await Promise.all([
      readFile(join(folder, "launcher.js")),
      readFile(join(folder, "launcher.css")),
    ]);
    const hash = createHash("sha256").update(script).update("\0").update(styles).digest("hex");
    return { script, styles, version: hash.slice(0, 12) };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      throw new LauncherMissing(folder);
    throw error;
  }
}

/** For packages without a page of their own. */
export const noLauncher: LauncherFiles = { script: Buffer.alloc(0), styles: Buffer.alloc(0), version: "" };
