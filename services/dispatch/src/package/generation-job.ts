import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { NothingToArchive, storeArchive } from "./archive-packages.ts";
import { beginGeneration, failGeneration, finishGeneration, makePackage } from "./generate-package.ts";
import { LauncherMissing } from "./launcher-files.ts";
import type { GenerationPayload } from "./queue-generation.ts";

/** Generates packages and archives. Run again after a crash it makes the same bytes. */
export function generationJob(parts: DispatchParts): JobHandler<GenerationPayload> {
  return async ({ tenantId, packageId }, { attempt, maxAttempts }) => {
    const started = performance.now();
    const row = await beginGeneration(parts, tenantId, packageId);
    if (row === undefined) return;
    try {
      const made =
        row.dispatch_id === null ? await storeArchive(parts, row) : await makePackage(parts, row, row.dispatch_id);
      await finishGeneration(parts, row, made, performance.now() - started);
    } catch (error) {
      const lasting = error instanceof LauncherMissing || error instanceof NothingToArchive;
      if (!lasting && attempt < maxAttempts) throw error;
      if (!lasting) parts.logger.error({ err: error, package_id: packageId }, "a package could not be generated");
      await failGeneration(
        parts,
        row,
        lasting ? error.message : "The package could not be generated; create it again.",
      );
    }
  };
}
