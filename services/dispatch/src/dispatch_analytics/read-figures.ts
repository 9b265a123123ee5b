import type { DispatchFigures } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import type pg from "pg";
import type { Days } from "./day-range.ts";
import { FIGURE_QUERIES, type FigureScope, IN_SCOPE } from "./figure-queries.ts";
import { Figures, type FoundFigures } from "./figures.ts";

/** Figures of a range, as a whole and by day. Days on which nothing happened are absent. */
export interface TimelineFigures {
  readonly summary: DispatchFigures;
  readonly byDay: ReadonlyMap<string, DispatchFigures>;
}

/** A range of time, its end not included. */
export interface Bounds {
  readonly from: Date;
  readonly until: Date;
}

/** When a range begins and ends, by the calendar of its zone. */
export async function boundsOf(client: pg.ClientBase, { first, last, timeZone }: Days): Promise<Bounds> {
  const { rows } = await client.query<Bounds>(
    `select $1::date::timestamp at time zone $3 as "from", ($2::date + 1)::timestamp at time zone $3 as until`,
    [first, last, timeZone],
  );
  const [bounds] = rows;
  if (bounds === undefined) throw new Error("the database gave no bounds");
  return bounds;
}

/** Counts by day and over the whole range in one reading, so that a learner of two days is one learner of the range. */
export async function readTimeline(
  client: pg.ClientBase,
  tenantId: string,
  days: Days,
  scope: FigureScope,
): Promise<TimelineFigures> {
  const bounds = await boundsOf(client, days);
  const summary = new Figures();
  const byDay = new Map<string, Figures>();
  for (const { counts, from, at } of FIGURE_QUERIES) {
    const { rows } = await client.query<FoundFigures & { readonly day: string | null }>(
      `select to_char((${at} at time zone $6)::date, 'YYYY-MM-DD') as day, ${counts} from ${from} and ${IN_SCOPE}
       group by grouping sets ((1), ())`,
      [...parametersOf(tenantId, bounds, scope), days.timeZone],
    );
    for (const row of rows) (row.day === null ? summary : figuresOf(byDay, row.day)).add(row);
  }
  return { summary: summary.toMessage(), byDay: toMessages(byDay) };
}

/** The same by deployment. Downloads are of no deployment. */
export async function readDeploymentFigures(
  client: pg.ClientBase,
  tenantId: string,
  days: Days,
  scope: FigureScope,
): Promise<ReadonlyMap<string, DispatchFigures>> {
  const bounds = await boundsOf(client, days);
  const byDeployment = new Map<string, Figures>();
  for (const { counts, from, deployment } of FIGURE_QUERIES) {
    if (deployment === undefined) continue;
    const { rows } = await client.query<FoundFigures & { readonly id: string }>(
      `select ${deployment} as id, ${counts} from ${from} and ${IN_SCOPE} and ${deployment} is not null group by 1`,
      parametersOf(tenantId, bounds, scope),
    );
    for (const row of rows) figuresOf(byDeployment, row.id).add(row);
  }
  return toMessages(byDeployment);
}

/** The same by dispatch. */
export async function readDispatchFigures(
  client: pg.ClientBase,
  tenantId: string,
  days: Days,
  scope: FigureScope,
): Promise<ReadonlyMap<string, DispatchFigures>> {
  const bounds = await boundsOf(client, days);
  const byDispatch = new Map<string, Figures>();
  for (const { counts, from } of FIGURE_QUERIES) {
    const { rows } = await client.query<FoundFigures & { readonly id: string }>(
      `select d.id, ${counts} from ${from} and ${IN_SCOPE} group by d.id`,
      parametersOf(tenantId, bounds, scope),
    );
    for (const row of rows) figuresOf(byDispatch, row.id).add(row);
  }
  return toMessages(byDispatch);
}

function parametersOf(
  tenantId: string,
  { from, until }: Bounds,
  { dispatchIds, destinationId }: FigureScope,
): unknown[] {
  return [tenantId, from, until, dispatchIds ?? null, destinationId ?? null];
}

function figuresOf(all: Map<string, Figures>, key: string): Figures {
  const known = all.get(key);
  if (known) return known;
  const made = new Figures();
  all.set(key, made);
  return made;
}

function toMessages(all: ReadonlyMap<string, Figures>): ReadonlyMap<string, DispatchFigures> {
  return new Map([...all].map(([key, figures]) => [key, figures.toMessage()]));
}
