import type { EventFilter } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { errors } from "../errors.ts";
import { typeKeysOf } from "../event-type/event-type-name.ts";
import { EVENT_TYPES } from "../event-type/event-types.ts";

/** The lists of a filter in the order of `event_matches`; an empty one means any. */
export interface FilterLists {
  readonly types: readonly string[];
  readonly courseIds: readonly string[];
  readonly registrationIds: readonly string[];
  readonly learnerIds: readonly string[];
  readonly destinationIds: readonly string[];
  readonly dispatchIds: readonly string[];
  readonly tags: readonly string[];
}

const KNOWN = new Set(EVENT_TYPES.flatMap(({ name }) => typeKeysOf(name)));

/** @throws FILTER_INVALID for a type that does not exist */
export function readFilter(filter: EventFilter | undefined): FilterLists {
  const unknown = filter?.types.find((type) => !KNOWN.has(type));
  if (unknown !== undefined) {
    const description = `${unknown} is neither a type of event nor a family such as registration.*`;
    throw errors.filterInvalid({ field: "filter.types", description }, description);
  }
  return {
    types: filter?.types.includes("*") ? [] : (filter?.types ?? []),
    courseIds: lower(filter?.courseIds),
    registrationIds: lower(filter?.registrationIds),
    learnerIds: filter?.learnerIds ?? [],
    destinationIds: lower(filter?.destinationIds),
    dispatchIds: lower(filter?.dispatchIds),
    tags: lower(filter?.tags),
  };
}

/** As parameters of a query. */
export function filterValues(lists: FilterLists): (readonly string[])[] {
  const { types, courseIds, registrationIds, learnerIds, destinationIds, dispatchIds, tags } = lists;
  return [types, courseIds, registrationIds, learnerIds, destinationIds, dispatchIds, tags];
}

/** `event_matches(e, …)` with its seven parameters from this number on. */
export function matchesSql(first: number): string {
  const parameters = Array.from({ length: 7 }, (_, index) => `$${first + index}::text[]`);
  return `event_matches(e, ${parameters.join(", ")})`;
}

function lower(values: readonly string[] | undefined): string[] {
  return (values ?? []).map((value) => value.toLowerCase());
}
