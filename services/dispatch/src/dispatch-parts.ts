import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import type { Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { DispatchConfig } from "./config.ts";
import type { SigningKeys } from "./signing_key/signing-keys.ts";

/** What every part of the service is given. */
export interface DispatchParts {
  readonly config: DispatchConfig;
  readonly pool: () => pg.Pool;
  readonly jobs: () => Jobs;
  readonly clients: Clients;
  readonly blobs: BlobStore;
  /** The one way out, for hosts that take results from server to server. */
  readonly egress: Egress;
  /** Seals what the database keeps secret. */
  readonly sealKey: Buffer;
  /** Signs and checks packages and tokens. */
  readonly keys: SigningKeys;
  /** Finds a learner again without storing who it is. */
  readonly learnerKey: Buffer;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Fires when the process stops; streams and long polls end then. */
  readonly stopping: AbortSignal;
}
