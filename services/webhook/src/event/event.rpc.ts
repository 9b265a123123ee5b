import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, DEFAULT_PAGE_SIZE, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { EventService, ListEventsRequest } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { Appended } from "../consumer/appended.ts";
import { takeEvents } from "../consumer/take-events.ts";
import { errors } from "../errors.ts";
import { EVENT_TYPES } from "../event-type/event-types.ts";
import { exampleOf } from "../event-type/example-of.ts";
import { jsonSchemaOf } from "../event-type/json-schema.ts";
import { cursorOf, type Position, readCursor } from "./cursor.ts";
import { readFilter } from "./event-filter.ts";
import { type EventRow, toEvent } from "./event-row.ts";
import { readLog } from "./read-log.ts";
import { countFound, countSteps, searchEvents } from "./search-events.ts";
import { streamEvents } from "./stream-events.ts";

/** What the RPCs of events need. */
export interface EventRpcDeps {
  readonly pool: () => pg.Pool;
  /** Takes events into the log. Answers ids that were there. */
  readonly append: (events: readonly EventEnvelope[]) => Promise<string[]>;
  readonly appended: Appended;
  readonly logger: Logger;
  /** Fires when the process stops; streams end. */
  readonly stopping: AbortSignal;
}

/** EventService. */
export function eventRpc(deps: EventRpcDeps): ServiceImpl<typeof EventService> {
  const { pool, append, stopping } = deps;
  return {
    async listEvents(request, context) {
      const tenantId = organizationOf(context);
      const after = beginOf(tenantId, request);
      const page = await readLog(
        pool(),
        tenantId,
        after,
        readFilter(request.filter),
        request.limit || DEFAULT_PAGE_SIZE,
      );
      return { events: page.rows.map(toEvent), nextCursor: cursorOf(tenantId, page.through), more: page.more };
    },

    streamEvents(request, context) {
      const gone = AbortSignal.any([context.signal, stopping]);
      return streamEvents(pool(), organizationOf(context), request, gone);
    },

    async getEvent({ id }, context) {
      const tenantId = organizationOf(context);
      const { rows } = await inTenant(pool(), tenantId, (client) =>
        client.query<EventRow>("select * from event where tenant_id = $1 and id = $2", [tenantId, id]),
      );
      if (rows[0] === undefined) throw errors.eventNotFound({ id });
      return { event: toEvent(rows[0]) };
    },

    async searchEvents(request, context) {
      const tenantId = organizationOf(context);
      const { page, query, actorId, traceId, filter, since, until } = request;
      const list = JSON.stringify([
        "events",
        tenantId,
        query,
        actorId,
        traceId,
        readFilter(filter),
        String(since?.seconds),
        String(until?.seconds),
      ]);
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const found = await searchEvents(client, tenantId, request, start);
        const { rows, nextPageToken } = cutPage(found, start, list, (row) => [Number(row.position)]);
        const total = page?.withTotal ? { total: await countFound(client, tenantId, request) } : {};
        return { events: rows.map(toEvent), page: { nextPageToken, ...total } };
      });
    },

    async countEvents(request, context) {
      const tenantId = organizationOf(context);
      const { since, until } = request;
      if (since && until && timestampMs(until) <= timestampMs(since))
        throw fieldInvalid("until", "must be after since");
      return inTenant(pool(), tenantId, async (client) => ({ counts: await countSteps(client, tenantId, request) }));
    },

    listEventTypes({ page }) {
      const start = readPageRequest(page, "event types");
      const begin = Number(start.after?.[0] ?? 0);
      const found = EVENT_TYPES.map((type, index) => ({ type, index })).slice(begin, begin + start.limit + 1);
      const { rows, nextPageToken } = cutPage(found, start, "event types", ({ index }) => [index + 1]);
      return {
        eventTypes: rows.map(({ type: { name, schema, description } }) => ({
          name,
          schema: schema.typeName,
          description,
          jsonSchema: jsonSchemaOf(schema),
          example: exampleOf(schema),
        })),
        page: { nextPageToken, ...(page?.withTotal && { total: BigInt(EVENT_TYPES.length) }) },
      };
    },

    async appendEvents({ events }) {
      return { knownIds: await append(events) };
    },

    async takeEvents(request, context) {
      const { events, lease } = await takeEvents(deps, request, AbortSignal.any([context.signal, stopping]));
      return { events: [...events], lease };
    },
  };
}

/** Where a list begins; undefined: with the oldest kept. */
function beginOf(tenantId: string, { afterCursor, afterTime }: ListEventsRequest): Position | undefined {
  if (afterCursor !== "") return readCursor(tenantId, afterCursor);
  // Events are in the log after they happened, so their positions are never below their times.
  return afterTime ? timestampMs(afterTime) * 1000 - 1 : undefined;
}
