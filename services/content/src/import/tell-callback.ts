import { toJson } from "@bufbuild/protobuf";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import { ImportSchema } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import type { Logger } from "pino";
import { signedIn } from "./fetch-address.ts";
import { toImport } from "./import.mapper.ts";
import type { ImportJob, ImportRepository } from "./import.repository.ts";

const MAX_SECONDS = 20;

/** The job that POSTs an ended import as JSON to its callback address; tried again while the answer is not 2xx. */
export function tellCallback(imports: ImportRepository, egress: Egress, logger: Logger): JobHandler<ImportJob> {
  return async ({ id, tenantId }, { signal }) => {
    const row = await imports.find(tenantId, id);
    if (!row || !URL.canParse(row.callbackUrl)) return;
    try {
      const { url, headers } = signedIn(new URL(row.callbackUrl));
      const response = await egress.open(url, {
        timeoutMs: MAX_SECONDS * 1000,
        signal,
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ import: toJson(ImportSchema, toImport(row)) }),
      });
      response.destroy();
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) throw new Error(`the callback address answered ${status}`);
    } catch (error) {
      if (!(error instanceof EgressRefused)) throw error;
      logger.warn({ import_id: id, cause: error.message }, "an import's callback address is refused");
    }
  };
}
