import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportReport } from "./import-report.ts";
import type { PackageLimits } from "./package-limits.ts";
import type { PackageSink } from "./package-sink.ts";
import { readPackage } from "./read-package.ts";

/** Reads every byte and keeps none. */
const sink: PackageSink = {
  async put(content) {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      size += chunk.length;
    }
    return { hash: hash.digest("hex"), size };
  },
  abandon: async () => undefined,
};

/** What an import would report about a package; nothing of it stays. */
export async function checkPackage(
  zip: Uint8Array,
  limits: Partial<PackageLimits> | undefined,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), "coursemesh-check-"));
  try {
    const path = join(folder, "package.zip");
    await writeFile(path, zip);
    return (await readPackage(path, { sink, limits, signal })).report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
