import type { Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import type pg from "pg";
import type { PackageRow } from "./package-row.ts";

/** Task that generates a package or an archive. */
export const GENERATE_PACKAGE = "generate-package";

/** What the task is given. */
export interface GenerationPayload {
  readonly tenantId: string;
  readonly packageId: string;
}

/** A fault of the disk or the database passes in the minutes these take; after that the package has failed. */
const MAX_ATTEMPTS = 5;

/** Has a package generated once the client's transaction is committed. */
export async function queueGeneration(jobs: Jobs, client: pg.ClientBase, { id, tenant_id }: PackageRow): Promise<void> {
  const payload: GenerationPayload = { tenantId: tenant_id, packageId: id };
  await jobs.add(GENERATE_PACKAGE, payload, { key: `${GENERATE_PACKAGE} ${id}`, maxAttempts: MAX_ATTEMPTS }, client);
}
