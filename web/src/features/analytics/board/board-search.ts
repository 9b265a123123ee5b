import type { MessageInitShape } from "@bufbuild/protobuf";
import type { BoardFilterSchema, BoardQuestionSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { type Zone, zoneName } from "../../../lib/format/time.ts";
import { dayStart, parseDay } from "./calendar.ts";

export const RANGES = ["7d", "30d", "90d", "custom"] as const;
export const STEPS = ["hour", "day", "week", "month"] as const;
export type Step = (typeof STEPS)[number];

/** A number whose registrations are open; it is in the address, so that it can be shared. */
export interface OpenFigure {
  readonly kind: string;
  /** A step of time instead of the whole range; Unix milliseconds, an end of 0 is now. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly activity?: string | undefined;
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
  readonly attempts?: number | undefined;
  readonly time?: "wall" | "active" | "reported" | undefined;
  readonly course?: string | undefined;
  readonly version?: string | undefined;
  readonly destination?: string | undefined;
  readonly learner?: string | undefined;
  /** Name of what it is narrowed to. */
  readonly label?: string | undefined;
}

/** What a board shows; it is the page's search parameters. */
export interface BoardSearch {
  readonly range?: (typeof RANGES)[number] | undefined;
  /** First and last day of a custom range, `2026-11-20`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly step?: Step | undefined;
  /** Compared with nothing. */
  readonly alone?: boolean | undefined;
  readonly course?: string | undefined;
  readonly version?: string | undefined;
  readonly destination?: string | undefined;
  readonly tag?: string | undefined;
  readonly q?: string | undefined;
  readonly order?: string | undefined;
  /** A kept report. */
  readonly report?: string | undefined;
  readonly open?: OpenFigure | undefined;
}

/** A range of days and the one before it, Unix milliseconds. */
export interface BoardRange {
  readonly start: number;
  /** 0: it goes on. */
  readonly end: number;
  readonly days: number;
  readonly step: Step;
  readonly compareStart: number;
  readonly compareEnd: number;
}

const DAY = 86_400_000;
/** Figures are kept by quarter hours, so the end of what is compared need not move more often. */
const QUARTER = 15 * 60_000;
const LAST_DAYS = { "7d": 7, "30d": 30, "90d": 90 } as const;

/** The days a board covers; the period it is compared with is as many days before, up to the same time of day. */
export function readRange(search: BoardSearch, zone: Zone, now: number): BoardRange {
  const { start, end } = daysOf(search, zone, now);
  const days = Math.max(1, Math.round(((end || dayStart(now, zone, 1)) - start) / DAY));
  const until = Math.ceil(now / QUARTER) * QUARTER;
  return {
    ...{ start, end, days },
    step: search.step ?? (days <= 2 ? "hour" : days <= 100 ? "day" : days <= 400 ? "week" : "month"),
    compareStart: dayStart(start, zone, -days),
    compareEnd: end === 0 ? until - days * DAY : dayStart(end, zone, -days),
  };
}

function daysOf(search: BoardSearch, zone: Zone, now: number): { start: number; end: number } {
  const today = dayStart(now, zone);
  const range = search.range ?? "30d";
  if (range !== "custom") return { start: dayStart(today, zone, 1 - LAST_DAYS[range]), end: 0 };
  const first = parseDay(search.from, zone) ?? dayStart(today, zone, 1 - LAST_DAYS["30d"]);
  const last = Math.max(first, parseDay(search.to, zone) ?? today);
  return { start: Math.min(first, today), end: last >= today ? 0 : dayStart(last, zone, 1) };
}

export function toBoardFilter(search: BoardSearch): MessageInitShape<typeof BoardFilterSchema> {
  const some = (value: string | undefined) => (value ? [value] : []);
  return {
    courseIds: some(search.course),
    courseVersionIds: some(search.course && search.version),
    destinationIds: some(search.destination),
    tags: some(search.tag),
  };
}

export function toBoardQuestion(
  search: BoardSearch,
  range: BoardRange,
  zone: Zone,
): MessageInitShape<typeof BoardQuestionSchema> {
  return {
    startTime: BigInt(range.start),
    endTime: BigInt(range.end),
    ...(!search.alone && { compareStartTime: BigInt(range.compareStart), compareEndTime: BigInt(range.compareEnd) }),
    timeZone: zoneName(zone),
    step: range.step,
    filter: toBoardFilter(search),
  };
}

/** The question whose registrations a figure opens: the board's, narrowed to the figure's step of time, course, customer or learner. */
export function toFigureQuestion(
  search: BoardSearch,
  range: BoardRange,
  zone: Zone,
  figure: OpenFigure,
): MessageInitShape<typeof BoardQuestionSchema> {
  const { course, version, destination, learner } = figure;
  const narrowed = {
    ...search,
    ...(course && { course, version: course === search.course ? search.version : undefined }),
    ...(version && { version }),
    ...(destination && { destination }),
  };
  return {
    startTime: BigInt(figure.start ?? range.start),
    endTime: BigInt(figure.end ?? range.end),
    timeZone: zoneName(zone),
    step: range.step,
    filter: { ...toBoardFilter(narrowed), ...(learner && { learnerIds: [learner] }) },
  };
}

/** How many filters are set. */
export function activeFilters({ course, destination, tag }: BoardSearch): number {
  return [course, destination, tag].filter(Boolean).length;
}
