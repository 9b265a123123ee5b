import { create, fromBinary } from "@bufbuild/protobuf";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { StoreStatementsRequestSchema, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { ActivitiesProgressedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import type { Logger } from "pino";
import { authorityOf } from "../authority.ts";
import type { IngestQueue } from "../ingest/ingest-queue.ts";
import { prepareBatch } from "../ingest/prepare-batch.ts";
import type { Batch } from "../ingest/prepared-statement.ts";
import type { AttachmentPlaces } from "../ingest/receive-attachments.ts";
import { statementsOfProgress } from "./statements-of-progress.ts";

/** What emission needs. */
export interface EmissionDeps {
  readonly queue: IngestQueue;
  readonly attachments: AttachmentPlaces;
  readonly publicUrl: string;
  readonly logger: Logger;
}

/**
 * Stores what the runtime tells of SCORM courses as statements in the product's own name. An event that comes again, late, or after one
 * that told the same, changes nothing: statements have their ids from what they tell, and an id that is stored stays as it is.
 */
export function emitStatements(deps: EmissionDeps): Subscription {
  return {
    group: "lrs",
    types: [ActivitiesProgressedSchema.typeName],
    async handle({ organizationId, payload }) {
      const event = fromBinary(ActivitiesProgressedSchema, payload?.value ?? new Uint8Array());
      const caller = serviceCaller("lrs", organizationId);
      const batches: Batch[] = [];
      for (const statement of statementsOfProgress(organizationId, event, deps.publicUrl)) {
        const batch = await prepared(deps, caller, statement);
        if (batch) batches.push({ ...batch, same: () => true });
      }
      // One each, because all but a few are new and none must keep the others out; the queue writes them together.
      await Promise.all(batches.map((batch) => deps.queue.store(batch)));
    },
  };
}

/** A statement ready to be stored; undefined when what a course has set makes none, which must not hold up what comes after it. */
async function prepared(deps: EmissionDeps, caller: Caller, statement: Statement): Promise<Batch | undefined> {
  const { attachments, publicUrl, logger } = deps;
  const request = create(StoreStatementsRequestSchema, {
    statements: [{ json: Buffer.from(JSON.stringify(statement)) }],
    version: XapiVersion.V1_0_3,
  });
  const authority = authorityOf(caller, publicUrl);
  try {
    return await prepareBatch(caller, request, { attachments, authority, admit: async () => undefined });
  } catch (error) {
    if (reasonOf(error) !== "STATEMENT_INVALID") throw error;
    logger.error(
      { err: error, statementId: statement.id },
      "what a course reported makes no statement; it is left out",
    );
    return undefined;
  }
}
