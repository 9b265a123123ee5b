import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with a stand-in for the built launcher. */
export async function launcherFolder(): Promise<{
  readonly path: string;
  /** Builds it anew. */
  readonly build: (script: string) => Promise<void>;
  /** As if it had never been built. */
  readonly clear: () => Promise<void>;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), "coursemesh-launcher-"));
  const build = async (script: string): Promise<void> => {
    await writeFile(join(path, "launcher.js"), script);
    await writeFile(join(path, "launcher.css"), "body { margin: 0 }\n");
  };
  await build("void 1;\n");
  return {
    path,
    build,
    clear: async () => rm(join(path, "launcher.js"), { force: true }),
    remove: async () => rm(path, { recursive: true, force: true }),
  };
}
