import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type { StoredResult } from "../result/result.ts";

/** One delivery, folded and ready to be written. */
export interface Append {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly registrationId: string;
  readonly launchId: string;
  /** Version of the instance that the fold began with. */
  readonly version: number;
  readonly epoch: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly receivedAt: Date;
  /** JSON of the calls. */
  readonly calls: string;
  readonly current: string;
  readonly result: StoredResult;
  /** Whether the registration moves up in lists. */
  readonly touched: boolean;
  /** Activities that changed, with their state as JSON. */
  readonly states: readonly (readonly [activity: string, state: string])[];
  readonly events: readonly OutboxRow[];
}
