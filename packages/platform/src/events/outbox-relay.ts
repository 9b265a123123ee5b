import { create } from "@bufbuild/protobuf";
import { AnySchema, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { inSystem } from "../db/database.ts";
import type { EventBus } from "./event-bus.ts";

/** Moves events from a service's outbox to the bus. */
export interface OutboxRelay {
  start(): void;
  /** Publishes what is waiting now; for tests and for stopping. Answers how many went out. */
  drain(): Promise<number>;
  /** Removes rows that were published long ago. Answers how many. */
  purge(now?: number): Promise<number>;
  stop(): Promise<void>;
}

interface WaitingRow {
  id: string;
  tenant_id: string;
  type: string;
  payload: Buffer;
  traceparent: string;
  occurred_at: Date;
}

const BATCH = 200;
/** Published rows stay this long, for whoever asks what was announced. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_INTERVAL_MS = 60 * 60 * 1000;

/**
 * Publishes the outbox in the order of its ids. A row is marked in the transaction that locked it, so that two relays never publish
 * the same row at once and a relay that dies publishes again.
 * @param intervalMs how often the outbox is looked at.
 */
export function outboxRelay(pool: pg.Pool, bus: EventBus, logger: Logger, intervalMs = 250): OutboxRelay {
  let timer: NodeJS.Timeout | undefined;
  let purgeTimer: NodeJS.Timeout | undefined;
  let busy: Promise<number> | undefined;

  const publishBatch = (): Promise<number> =>
    inSystem(pool, async (client) => {
      const { rows } = await client.query<WaitingRow>(
        "select id, tenant_id, type, payload, traceparent, occurred_at from outbox where published_at is null order by id limit $1 for update skip locked",
        [BATCH],
      );
      if (rows.length > 0) await bus.publishMany(rows.map(toEnvelope));
      if (rows.length > 0)
        await client.query("update outbox set published_at = now() where id = any($1)", [rows.map((row) => row.id)]);
      return rows.length;
    });

  const purge = (now: number = Date.now()): Promise<number> =>
    inSystem(pool, async (client) => {
      // Ids begin with the time they were made, so the primary key finds old rows.
      const oldest = (now - KEEP_MS).toString(16).padStart(12, "0");
      const boundary = `${oldest.slice(0, 8)}-${oldest.slice(8)}-7000-8000-000000000000`;
      const { rowCount } = await client.query("delete from outbox where id < $1 and published_at is not null", [
        boundary,
      ]);
      return rowCount ?? 0;
    });

  const drain = async (): Promise<number> => {
    let sent = 0;
    for (let last = BATCH; last === BATCH; sent += last) last = await publishBatch();
    return sent;
  };

  const drainOnce = (): Promise<number> => {
    busy ??= drain().finally(() => {
      busy = undefined;
    });
    return busy;
  };

  return {
    start() {
      timer = setInterval(() => {
        drainOnce().catch((error: unknown) =>
          logger.warn({ err: error }, "the outbox could not be published; it will be tried again"),
        );
      }, intervalMs);
      timer.unref();
      purgeTimer = setInterval(() => {
        purge().catch((error: unknown) => logger.warn({ err: error }, "old events could not be removed"));
      }, PURGE_INTERVAL_MS);
      purgeTimer.unref();
    },
    purge,
    drain: drainOnce,
    async stop() {
      clearInterval(timer);
      clearInterval(purgeTimer);
      await busy?.catch(() => 0);
    },
  };
}

function toEnvelope(row: WaitingRow): EventEnvelope {
  return create(EventEnvelopeSchema, {
    id: row.id,
    organizationId: row.tenant_id,
    type: row.type,
    occurredAt: timestampFromDate(row.occurred_at),
    payload: create(AnySchema, { typeUrl: `type.googleapis.com/${row.type}`, value: row.payload }),
    traceparent: row.traceparent,
  });
}
