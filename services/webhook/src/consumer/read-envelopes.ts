import { create, fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import { AnySchema, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { Position } from "../event/cursor.ts";
import { eventRegistry } from "../event-type/event-types.ts";
import type { Unread } from "./consumer-cursor.ts";

interface LoggedRow {
  readonly position: string;
  readonly id: string;
  readonly schema: string;
  readonly occurred_at: Date;
  readonly data: string;
  readonly trace_id: string;
}

/** Events as the bus carries them, and up to where that is everything. */
export interface ReadEnvelopes {
  readonly envelopes: readonly EventEnvelope[];
  readonly through: Position;
}

/** Events looked at for one answer, so that a consumer that wants few of many does not keep a connection busy. */
const WINDOW = 20_000;

/** Reads the next events for a consumer. @param schemas none: all. */
export async function readEnvelopes(
  client: pg.ClientBase,
  { tenantId, after, last, removedThrough }: Unread,
  schemas: readonly string[],
  limit: number,
  logger: Logger,
): Promise<ReadEnvelopes> {
  const begin = Math.max(after, removedThrough);
  const { rows: ends } = await client.query<{ position: string }>(
    "select position from event where tenant_id = $1 and position > $2 order by position offset $3 limit 1",
    [tenantId, begin, WINDOW],
  );
  const end = ends[0] ? Math.min(Number(ends[0].position), last) : last;
  const { rows } = await client.query<LoggedRow>(
    `select position, id, schema, occurred_at, data, trace_id from event
     where tenant_id = $1 and position > $2 and position <= $3 and (cardinality($4::text[]) = 0 or schema = any($4)) order by position limit $5`,
    [tenantId, begin, end, schemas, limit],
  );
  const through = rows.length < limit ? end : Number(rows.at(-1)?.position ?? end);
  return { envelopes: rows.flatMap((row) => envelopeOf(tenantId, row, logger) ?? []), through };
}

/**
 * An event as it was taken into the log. One of a service that is newer than this one has no payload there; its consumers are better off
 * without it than with an empty one.
 */
function envelopeOf(tenantId: string, row: LoggedRow, logger: Logger): EventEnvelope | undefined {
  const { id, schema, occurred_at: at, data, trace_id: traceId } = row;
  const desc = eventRegistry.getMessage(schema);
  if (desc === undefined) {
    logger.error({ event: id, schema }, "an event's type is not known here; consumers do not get it");
    return undefined;
  }
  const payload: JsonValue = JSON.parse(data);
  return create(EventEnvelopeSchema, {
    id,
    organizationId: tenantId,
    type: schema,
    occurredAt: timestampFromDate(at),
    payload: create(AnySchema, {
      typeUrl: `type.googleapis.com/${schema}`,
      value: toBinary(desc, fromJson(desc, payload, { registry: eventRegistry })),
    }),
    // The span that wrote it is not kept; the event stands in its place.
    traceparent: traceId === "" ? "" : `00-${traceId}-${id.replaceAll("-", "").slice(16)}-01`,
  });
}
