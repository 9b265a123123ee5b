import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

/** The admin UI built over its fixtures, on a port of its own. */
export interface FixtureSite {
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds into a temporary folder, so that the real build stays as it is. Ids of the fixtures are in `web/src/testing`. */
export async function startFixtureSite(): Promise<FixtureSite> {
  const configFile = fileURLToPath(new URL("../../../web/vite.config.ts", import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), "coursemesh-web-"));
  const shared = { configFile, logLevel: "error" as const, build: { outDir, emptyOutDir: true } };
  await build({ ...shared, define: { __FAKE_BACKEND__: "true" } });
  const server = await preview({ ...shared, preview: { host: "127.0.0.1", port: 0 } });
  const address = server.httpServer.address();
  if (typeof address !== "object" || address === null) throw new Error("the preview server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** Id of a fixture: `a` registrations, `c` courses, `e` imports. */
export function fixtureId(kind: string, number: number): string {
  return `0199b2c4-${kind.padStart(4, "0")}-7000-8000-${String(number).padStart(12, "0")}`;
}
