import { inSystem } from "@coursemesh/platform/db/database.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { TakeEventsRequest } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { Appended } from "./appended.ts";
import { addCursors, hearOf, lease, lockUnread, noteFailed, noteHandled, passOver } from "./consumer-cursor.ts";
import { readLease, writeLease } from "./lease.ts";
import { readEnvelopes } from "./read-envelopes.ts";

/** What taking needs. */
export interface TakeDeps {
  readonly pool: () => pg.Pool;
  readonly logger: Logger;
  readonly appended: Appended;
}

/** Events of one organization, and what to answer with. */
export interface Taken {
  readonly events: readonly EventEnvelope[];
  readonly lease: string;
}

/** How often to look for what another process took into the log, and for pauses that are over. */
const POLL_MS = 250;
const NOTHING: Taken = { events: [], lease: "" };

/** Notes what became of the events taken last and waits for more. @param gone fires when the caller goes. @throws FIELD_INVALID */
export async function takeEvents(deps: TakeDeps, request: TakeEventsRequest, gone: AbortSignal): Promise<Taken> {
  const { consumer, outcome, limit, transient, waitMs } = request;
  const end = performance.now() + waitMs;
  const settled = outcome && readLease(outcome.lease);
  await inSystem(deps.pool(), async (client) => {
    await hearOf(client, consumer, transient);
    await addCursors(client, consumer);
    if (settled && outcome.handled) await noteHandled(client, consumer, settled);
    else if (settled) await noteFailed(client, consumer, settled);
  });
  while (limit > 0 && !gone.aborted) {
    const { growth } = deps.appended;
    const found = await takeOnce(deps, request);
    if (found === "passed over") continue;
    if (found !== "nothing") return found;
    const left = end - performance.now();
    if (left <= 0) break;
    await deps.appended.after(growth, Math.min(left, POLL_MS), gone);
  }
  return NOTHING;
}

/** One organization's next events; "passed over" when there were some and none for this consumer. */
function takeOnce(
  { pool, logger }: TakeDeps,
  { consumer, schemas, limit }: TakeEventsRequest,
): Promise<Taken | "nothing" | "passed over"> {
  return inSystem(pool(), async (client) => {
    const unread = await lockUnread(client, consumer);
    if (unread === undefined) return (await addCursors(client, consumer)) > 0 ? "passed over" : "nothing";
    const { tenantId, after, removedThrough } = unread;
    if (after > 0 && after < removedThrough)
      logger.error({ consumer, tenantId }, "a consumer was away for longer than events are kept; it missed some");
    const { envelopes, through } = await readEnvelopes(client, unread, schemas, limit, logger);
    if (envelopes.length === 0) {
      await passOver(client, consumer, tenantId, through);
      return "passed over";
    }
    return { events: envelopes, lease: writeLease(await lease(client, consumer, unread, through)) };
  });
}
