import { create } from "@bufbuild/protobuf";
import {
  Dimension,
  type DimensionValue,
  DimensionValueSchema,
  Measure,
  type MeasureValue,
  MeasureValueSchema,
  type ReportRow,
  ReportRowSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type pg from "pg";
import { activeIn } from "../figures/active.ts";
import { type Scope, scopeOf } from "../figures/scope.ts";
import { type GroupColumn, sumsOf } from "../figures/sums.ts";
import { STATUSES } from "../fold/folded.ts";
import { MEASURES, type Measures, noMeasures, readMeasures, SCORE_UNIT } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import { namesOf } from "./dimension-names.ts";
import type { ReadQuestion } from "./read-question.ts";

/** What each dimension is in `fact r` with its `registration_fact q`. A registration with several tags counts to each of them. */
const EXPRESSIONS: ReadonlyMap<Dimension, string> = new Map<Dimension, string>([
  [Dimension.COURSE, "r.course_id::text"],
  [Dimension.COURSE_VERSION, "r.course_version_id::text"],
  [Dimension.LEARNER, "q.learner_id"],
  [Dimension.DESTINATION, "r.destination_id::text"],
  [Dimension.DISPATCH, "r.dispatch_id::text"],
  [Dimension.TAG, "tag.name"],
  [Dimension.SOURCE, "r.source"],
  [Dimension.STATUS, `(array['${STATUSES.join("','")}'])[q.status]`],
]);

/** Dimensions that the roll-ups have. */
const SUMMED = new Map<Dimension, GroupColumn>([
  [Dimension.COURSE, "course_id"],
  [Dimension.COURSE_VERSION, "course_version_id"],
  [Dimension.DESTINATION, "destination_id"],
  [Dimension.DISPATCH, "dispatch_id"],
  [Dimension.SOURCE, "source"],
]);

interface Group {
  readonly step: number;
  readonly keys: readonly string[];
  happened: Measures;
  standing: Measures;
  attempts: number;
  active: number;
}

/** Computes all rows of a report, sorted and cut. @throws PERIOD_TOO_FINE */
export async function runReport(client: pg.ClientBase, tenantId: string, read: ReadQuestion): Promise<ReportRow[]> {
  const { question, dimensions, measures, period } = read;
  const scope = scopeOf(tenantId, question.filter);
  const byTime = dimensions.includes(Dimension.TIME);
  const steps: readonly Range[] = byTime ? await stepsOf(client, period) : [period];
  const others = dimensions.filter((dimension) => dimension !== Dimension.TIME);
  const groups = await readGroups(client, scope, steps, others, measures);
  const names = await namesOf(client, tenantId, others, groups);
  const rows = groups.map((group) =>
    create(ReportRowSchema, {
      dimensions: dimensions.map((dimension): DimensionValue => {
        if (dimension === Dimension.TIME) {
          const key = new Date(steps[group.step]?.from ?? 0).toISOString();
          return create(DimensionValueSchema, { key, name: key });
        }
        const key = group.keys[others.indexOf(dimension)] ?? "";
        return create(DimensionValueSchema, { key, name: names.get(`${dimension} ${key}`) ?? key });
      }),
      measures: measures.map((measure) => create(MeasureValueSchema, { value: measured(measure, group) })),
    }),
  );
  const sorted = sortRows(rows, question.sort, dimensions.length);
  return question.limit > 0 ? sorted.slice(0, question.limit) : sorted;
}

async function readGroups(
  client: pg.ClientBase,
  scope: Scope,
  steps: readonly Range[],
  others: readonly Dimension[],
  measures: readonly Measure[],
): Promise<Group[]> {
  const groups = new Map<string, Group>();
  const groupAt = (step: number, keys: readonly string[]): Group => {
    const key = JSON.stringify([step, keys]);
    const none = { step, keys, happened: noMeasures(), standing: noMeasures(), attempts: 0, active: 0 };
    const group = groups.get(key) ?? none;
    groups.set(key, group);
    return group;
  };
  const columns = others.flatMap((dimension) => SUMMED.get(dimension) ?? []);
  const summed = scope.level !== undefined && columns.length === others.length && !measures.includes(Measure.ATTEMPTS);
  const ask = async (ranges: readonly Range[]): Promise<FactGroup[]> =>
    summed
      ? (await sumsOf(client, scope, ranges, columns)).map((sum) => ({ ...sum, active: 0, attempts: 0 }))
      : factGroups(client, scope, ranges, others);
  if (others.length === 0) for (const step of steps.keys()) groupAt(step, []);
  for (const { step, keys, measures: happened, active } of await ask(steps))
    Object.assign(groupAt(step, keys), { happened, active });
  for (const { step, keys, measures: standing, attempts } of await ask(
    steps.map(({ to }) => ({ from: -Infinity, to })),
  ))
    Object.assign(groupAt(step, keys), { standing, attempts });
  if (measures.includes(Measure.ACTIVE_LEARNERS) && summed) await countActive(client, scope, steps, others, groupAt);
  return [...groups.values()];
}

async function countActive(
  client: pg.ClientBase,
  scope: Scope,
  steps: readonly Range[],
  others: readonly Dimension[],
  groupAt: (step: number, keys: readonly string[]) => Group,
): Promise<void> {
  if (others.length === 0) {
    const unions = await activeIn(client, scope, steps);
    unions.forEach(({ size }, step) => {
      groupAt(step, []).active = size;
    });
    return;
  }
  for (const { step, keys, active } of await factGroups(client, scope, steps, others))
    groupAt(step, keys).active = active;
}

interface FactGroup {
  readonly step: number;
  readonly keys: readonly string[];
  readonly measures: Measures;
  readonly active: number;
  /** Of the registrations that have facts in the range. */
  readonly attempts: number;
}

async function factGroups(
  client: pg.ClientBase,
  scope: Scope,
  ranges: readonly Range[],
  others: readonly Dimension[],
): Promise<FactGroup[]> {
  const columns = others.map((dimension, index) => `${EXPRESSIONS.get(dimension) ?? "''"} as k${index}`);
  const sums = MEASURES.map((measure) => `sum(r.${measure})::int8 as ${measure}`).join(", ");
  const tags = others.includes(Dimension.TAG)
    ? `cross join lateral (select distinct unnest(q.tags || coalesce((select e.tags from entity e where e.tenant_id = $1 and e.kind = 'course'
         and e.id = r.course_id), '{}')) as name) tag`
    : "";
  const place = scope.values.length + 2;
  const facts = `count(distinct r.learner_no) filter (where r.active)::int as active_learners,
    coalesce(sum(q.attempt_count) filter (where r.created > 0), 0)::int8 as attempts`;
  const { rows } = await client.query<Record<string, unknown>>(
    `select p.step, ${[...columns, sums, facts].join(", ")}
     from unnest($${place}::int[], $${place + 1}::timestamptz[], $${place + 2}::timestamptz[]) as p(step, from_at, to_at)
     join fact r on r.tenant_id = $1 and r.at >= p.from_at and r.at < p.to_at and ${scope.where}
     join registration_fact q on q.tenant_id = $1 and q.registration_id = r.registration_id ${tags}
     group by ${["p.step", ...columns.map((_, index) => String(index + 2))].join(", ")}`,
    [
      scope.tenantId,
      ...scope.values,
      ranges.map((_, step) => step),
      ranges.map((range) => (range.from === -Infinity ? "-infinity" : new Date(range.from).toISOString())),
      ranges.map((range) => new Date(range.to).toISOString()),
    ],
  );
  return rows.map((row) => ({
    step: Number(row.step),
    keys: others.map((_, index) => String(row[`k${index}`] ?? "")),
    measures: readMeasures(row),
    active: Number(row.active_learners),
    attempts: Number(row.attempts),
  }));
}

function measured(measure: Measure, { happened, standing, attempts, active }: Group): MeasureValue["value"] {
  const count = (value: number): MeasureValue["value"] => ({ case: "count", value: BigInt(value) });
  const time = (value: number): MeasureValue["value"] => ({ case: "milliseconds", value: BigInt(value) });
  const rate = (part: number, of: number): MeasureValue["value"] => ({
    case: "rate",
    value: { $typeName: "coursemesh.analytics.v1.Rate", count: BigInt(part), of: BigInt(of) },
  });
  switch (measure) {
    case Measure.ACTIVE_LEARNERS:
      return count(active);
    case Measure.REGISTRATIONS:
      return count(standing.covered);
    case Measure.NEW_REGISTRATIONS:
      return count(happened.created);
    case Measure.COMPLETED:
      return count(standing.complete);
    case Measure.PASSED:
      return count(standing.passed);
    case Measure.FAILED:
      return count(standing.failed);
    case Measure.COMPLETION_RATE:
      return rate(standing.complete, standing.covered);
    case Measure.PASS_RATE:
      return rate(standing.passed, standing.passed + standing.failed);
    case Measure.AVERAGE_SCORE:
      return standing.scored > 0
        ? { case: "number", value: standing.score / standing.scored / SCORE_UNIT }
        : { case: undefined };
    case Measure.WALL_TIME:
      return time(happened.wall_ms);
    case Measure.ACTIVE_TIME:
      return time(happened.active_ms);
    case Measure.REPORTED_TIME:
      return time(happened.reported_ms);
    case Measure.ATTEMPTS:
      return count(attempts);
    default:
      return count(happened.launches);
  }
}

/** A rate sorts by its share; what there is nothing of comes last when sorted upwards. */
function sortValue({ value }: MeasureValue): number {
  if (value.case === undefined) return Number.POSITIVE_INFINITY;
  if (value.case === "rate") return value.value.of > 0n ? Number(value.value.count) / Number(value.value.of) : -1;
  return Number(value.value);
}

/** @param sort as in the contract: 0 by dimensions, n by column n, negative downwards counted from -1. */
function sortRows(rows: readonly ReportRow[], sort: number, dimensions: number): ReportRow[] {
  const text = (row: ReportRow): string => row.dimensions.map(({ name, key }) => `${name}\u0000${key}`).join("\u0001");
  const byDimensions = (one: ReportRow, other: ReportRow): number =>
    text(one) === text(other) ? 0 : text(one) < text(other) ? -1 : 1;
  if (sort === 0) return rows.toSorted(byDimensions);
  const column = sort > 0 ? sort : -sort - 1;
  const direction = sort > 0 ? 1 : -1;
  const keyOf = (row: ReportRow): number | string => {
    const measure = row.measures[column - dimensions];
    return measure ? sortValue(measure) : (row.dimensions[column]?.name ?? "");
  };
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .toSorted((one, other) => {
      if (one.key === other.key) return byDimensions(one.row, other.row);
      return one.key < other.key ? -direction : direction;
    })
    .map(({ row }) => row);
}
