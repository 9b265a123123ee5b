import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Event, EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type { FastifyRequest } from "fastify";
import { findCourse } from "../../api-v2/course/find-course.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import { succeeded } from "../envelope.ts";
import { toEventBody } from "./event.mapper.ts";

const LIMIT = { absent: 50, most: 500 } as const;
const WAIT_SECONDS = 30;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A piece of the log. */
interface Page {
  readonly events: readonly Event[];
  readonly nextCursor: string;
  readonly more: boolean;
}

/**
 * `GET /events`: what comes behind a cursor, oldest first. With `waitSeconds` an answer that would be empty waits for the first event.
 * @param stopping fires when the server stops; who waits is answered at once
 */
export function listEvents(clients: Clients, stopping: AbortSignal): Operation {
  const service = clients.of(EventService);
  return async ({ query, request }) => {
    const limit = numberOf(query, "limit", 1, LIMIT.most) ?? LIMIT.absent;
    const waitSeconds = numberOf(query, "waitSeconds", 0, WAIT_SECONDS) ?? 0;
    const cursor = query.text("cursor") ?? "";
    const after = query.time("since");
    if (after && cursor !== "") throw fieldInvalid("since", "must not be given together with cursor");
    const courseIds = await Promise.all(query.list("course").map((id) => courseIdOf(clients, id)));
    const filter = { types: query.list("type"), courseIds };
    const page: Page = await service.listEvents({
      afterCursor: cursor,
      ...(after && { afterTime: after }),
      filter,
      limit,
    });
    const isEmpty = page.events.length === 0 && !page.more && waitSeconds > 0;
    const answer = isEmpty ? await wait(page, request) : page;
    return { status: 200, body: succeeded(toData(answer)), headers: { "cache-control": "no-store" } };

    /** The first that comes, or the empty page when the time is over, the caller has gone or the server stops. */
    async function wait(empty: Page, { raw }: FastifyRequest): Promise<Page> {
      const gone = new AbortController();
      const leave = () => gone.abort();
      raw.socket.once("close", leave);
      const signal = AbortSignal.any([gone.signal, stopping, AbortSignal.timeout(waitSeconds * 1000)]);
      try {
        for await (const { events } of service.streamEvents({ afterCursor: empty.nextCursor, filter }, { signal })) {
          const first = events.slice(0, limit);
          const last = first.at(-1);
          if (last) return { events: first, nextCursor: last.cursor, more: events.length > limit };
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        raw.socket.off("close", leave);
      }
      return empty;
    }
  };
}

function toData({ events, nextCursor, more }: Page): object {
  return { events: events.map(toEventBody), nextCursor, more };
}

/** A course by our id, or by the one its owner gave it. @throws COURSE_NOT_FOUND */
async function courseIdOf(clients: Clients, id: string): Promise<string> {
  return UUID.test(id) ? id : (await findCourse(clients, id)).id;
}

/** @throws FIELD_INVALID naming the parameter */
function numberOf(query: QueryParameters, name: string, least: number, most: number): number | undefined {
  const value = query.count(name);
  if (value !== undefined && (value < least || value > most))
    throw fieldInvalid(name, `must be a whole number from ${least} to ${most}`);
  return value;
}
