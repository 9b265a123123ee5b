/** States a delivery may be in. */
export const STATES = ["queued", "retrying", "held", "delivered", "failed", "canceled"] as const;
/** What may come of a request. */
export const OUTCOMES = [
  "delivered",
  "http_status",
  "redirect",
  "timeout",
  "connection",
  "dns",
  "tls",
  "address_refused",
  "response_too_large",
] as const;
/** Answers by their hundreds, and ways to get none. */
export const RESULTS = [
  "2xx",
  "3xx",
  "4xx",
  "5xx",
  "timeout",
  "connection",
  "dns",
  "tls",
  "address_refused",
  "response_too_large",
] as const;

export type State = (typeof STATES)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type Result = (typeof RESULTS)[number];

/** What deliveries are filtered by: search parameters of their page. */
export interface DeliveryFilters {
  /** Words in ids, bodies and errors. */
  readonly q?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly state?: State | undefined;
  readonly result?: Result | undefined;
  readonly types?: readonly string[] | undefined;
  /** Id of an event. */
  readonly event?: string | undefined;
  readonly replay?: string | undefined;
  /** Also tests. */
  readonly tests?: boolean | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  /** ISO 8601. */
  readonly until?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idOf = (text: string | undefined): string => (text && UUID.test(text) ? text : "");

/** The filters as the server wants them; what is no id is as if it were not there. */
export function toDeliveryQuery(filters: DeliveryFilters) {
  const { result } = filters;
  const statusClass = result?.endsWith("xx") ? Number(result[0]) : 0;
  return {
    query: filters.q?.trim() ?? "",
    endpointId: idOf(filters.endpoint),
    eventId: idOf(filters.event),
    replayId: idOf(filters.replay),
    states: filters.state ? [filters.state] : [],
    outcomes: result && statusClass === 0 ? [result] : [],
    statusClass,
    eventTypes: [...(filters.types ?? [])],
    since: millisOf(filters.since),
    until: millisOf(filters.until),
    withTests: filters.tests ?? false,
  };
}

/** How many filters are set. */
export function activeFilters({ tests: _, ...filters }: DeliveryFilters): number {
  return Object.values(filters).filter((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value))).length;
}

/** Milliseconds since the epoch, 0 for none. */
export function millisOf(iso: string | undefined): bigint {
  const time = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? 0n : BigInt(time);
}

export const isState = (text: string): text is State => STATES.some((state) => state === text);
export const isOutcome = (text: string): text is Outcome => OUTCOMES.some((outcome) => outcome === text);
