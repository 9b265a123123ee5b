import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { Actor } from "@coursemesh/xapi/statement.ts";
import type pg from "pg";
import type { CredentialLimits } from "../credential-limit/credential-limits.ts";
import type { IngestQueue } from "../ingest/ingest-queue.ts";
import type { AttachmentPlaces } from "../ingest/receive-attachments.ts";
import type { TokenSeal } from "./more-token.ts";

/** What the statement service needs. */
export interface StatementDeps {
  readonly pool: () => pg.Pool;
  readonly queue: IngestQueue;
  readonly attachments: AttachmentPlaces;
  readonly limits: CredentialLimits;
  /** The agent that vouches for what a caller stores. */
  readonly authorityOf: (caller: Caller) => Promise<Actor>;
  readonly more: TokenSeal;
  readonly resume: TokenSeal;
  /** Aborted when the service stops, which ends tails. */
  readonly stopping: AbortSignal;
}
