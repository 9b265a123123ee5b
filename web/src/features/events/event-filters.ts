import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EventFilterViewSchema, EventRow } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";

/** What events are filtered by: the page's search parameters. */
export interface EventFilters {
  /** Words in id, type, actor or subject. */
  readonly q?: string | undefined;
  /** Names or families. */
  readonly types?: readonly string[] | undefined;
  readonly course?: string | undefined;
  readonly registration?: string | undefined;
  readonly learner?: string | undefined;
  readonly dispatch?: string | undefined;
  readonly destination?: string | undefined;
  readonly tag?: string | undefined;
  readonly actor?: string | undefined;
  readonly trace?: string | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  /** ISO 8601. */
  readonly until?: string | undefined;
}

/** Filters that a click on a value sets; each is shown until it is taken away. */
export const VALUE_FILTERS = [
  "registration",
  "learner",
  "dispatch",
  "destination",
  "tag",
  "actor",
  "trace",
] as const satisfies (keyof EventFilters)[];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const one = (value: string | undefined): string[] => (value ? [value] : []);
/** An id that is none would be refused as a whole request. */
const oneId = (value: string | undefined): string[] => one(value).filter((id) => UUID.test(id));

/** The part that the log itself filters by. */
export function toFilterView(filters: EventFilters): MessageInitShape<typeof EventFilterViewSchema> {
  return {
    types: [...(filters.types ?? [])],
    courseIds: oneId(filters.course),
    registrationIds: oneId(filters.registration),
    learnerIds: one(filters.learner),
    dispatchIds: oneId(filters.dispatch),
    destinationIds: oneId(filters.destination),
    tags: one(filters.tag),
  };
}

/** The part that a tail does not know: words, actor and trace. */
export function matchesRest(row: EventRow, { q, actor, trace }: EventFilters): boolean {
  if (actor && row.actorId !== actor) return false;
  if (trace && row.traceId !== trace) return false;
  if (!q?.trim()) return true;
  const { id, type, actorId, courseId, registrationId, launchId, learnerId, destinationId, dispatchId, tags } = row;
  const text = [id, type, actorId, courseId, registrationId, launchId, learnerId, destinationId, dispatchId, ...tags];
  return text.join(" ").toLowerCase().includes(q.trim().toLowerCase());
}

/** How many filters are set. */
export function activeFilters(filters: EventFilters): number {
  return Object.values(filters).filter((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value))).length;
}

/** Milliseconds since the epoch, 0 for none. */
export function millisOf(iso: string | undefined): bigint {
  const time = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? 0n : BigInt(time);
}
