import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type EngagementGroup,
  EngagementGroupSchema,
  type EngagementPoint,
  EngagementPointSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type pg from "pg";
import { activeIn } from "../figures/active.ts";
import type { Scope } from "../figures/scope.ts";
import { sumsOf } from "../figures/sums.ts";
import { noMeasures } from "../fold/measures.ts";
import type { Range, ReadPeriod } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import type { Union } from "../store/member-set.ts";

/** Groups of learners by days on which they were active; the last has no end. */
const GROUPS = [
  [1, 1],
  [2, 3],
  [4, 7],
  [8, 14],
  [15, 0],
] as const;

/** How regularly learners come back. */
export async function engagementOf(client: pg.ClientBase, scope: Scope, period: ReadPeriod) {
  const steps = await stepsOf(client, period);
  const active = await activeIn(client, scope, steps);
  const days = await stepsOf(client, { ...period, step: Step.DAY });
  return {
    points: await pointsOf(client, scope, steps, active),
    launchesByHour: await launchesByHour(client, scope, period),
    groups: groupsOf(isSame(steps, days) ? active : await activeIn(client, scope, days)),
  };
}

function isSame(one: readonly Range[], other: readonly Range[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ from, to }, index) => {
      return from === other[index]?.from && to === other[index]?.to;
    })
  );
}

async function pointsOf(
  client: pg.ClientBase,
  scope: Scope,
  steps: readonly Range[],
  active: readonly Union[],
): Promise<EngagementPoint[]> {
  const sums = new Map((await sumsOf(client, scope, steps)).map(({ step, measures }) => [step, measures]));
  const fresh = await newIn(client, scope, steps);
  return steps.map(({ from }, index) => {
    const { launches, wall_ms, active_ms, reported_ms } = sums.get(index) ?? noMeasures();
    const activeLearners = active[index]?.size ?? 0;
    const newLearners = fresh.get(index) ?? 0;
    return create(EngagementPointSchema, {
      startTime: timestampFromMs(from),
      activeLearners: BigInt(activeLearners),
      newLearners: BigInt(newLearners),
      returningLearners: BigInt(activeLearners - newLearners),
      launches: BigInt(launches),
      time: { wallMs: BigInt(wall_ms), activeMs: BigInt(active_ms), reportedMs: BigInt(reported_ms) },
    });
  });
}

/** Learners who were active for the first time in each range: in the organization, or in what the filter covers. */
async function newIn(client: pg.ClientBase, scope: Scope, steps: readonly Range[]): Promise<Map<number, number>> {
  const firsts =
    scope.level === 0
      ? "select first_active_at as at from learner where tenant_id = $1"
      : `select min(r.first_active_at) as at from registration_fact r where r.tenant_id = $1 and ${scope.whereRegistration} group by r.learner_no`;
  const place = scope.values.length + 2;
  const { rows } = await client.query<{ step: number; count: number }>(
    `select p.step, count(*)::int as count from unnest($${place}::int[], $${place + 1}::timestamptz[], $${place + 2}::timestamptz[]) as p(step, from_at, to_at)
     join (${firsts}) f on f.at >= p.from_at and f.at < p.to_at group by p.step`,
    [
      scope.tenantId,
      ...scope.values,
      steps.map((_, step) => step),
      steps.map(({ from }) => new Date(from)),
      steps.map(({ to }) => new Date(to)),
    ],
  );
  return new Map(rows.map(({ step, count }) => [step, count]));
}

/** 168 numbers, Monday 00:00 of the time zone first. An hour that the clocks repeat counts to the same number. */
async function launchesByHour(client: pg.ClientBase, scope: Scope, { from, to, zone }: ReadPeriod): Promise<bigint[]> {
  const hours: bigint[] = Array.from({ length: 168 }, () => 0n);
  if (from === to) return hours;
  const table = scope.level === undefined ? "fact" : "rollup_0";
  const level = scope.level === undefined ? "" : `and r.level = ${scope.level}`;
  // Whole hours would do for zones that are whole hours from UTC; quarter hours do for all.
  const place = scope.values.length + 2;
  const { rows } = await client.query<{ hour: number; launches: string }>(
    `select (extract(isodow from r.at at time zone $${place}) - 1)::int * 24 + extract(hour from r.at at time zone $${place})::int as hour,
       sum(r.launches) as launches
     from ${table} r where r.tenant_id = $1 ${level} and r.at >= $${place + 1} and r.at < $${place + 2} and r.launches > 0 and ${scope.where} group by 1`,
    [scope.tenantId, ...scope.values, zone, new Date(from), new Date(to)],
  );
  for (const { hour, launches } of rows) hours[hour] = BigInt(launches);
  return hours;
}

/** @param days who was active on each. */
function groupsOf(days: readonly Union[]): EngagementGroup[] {
  // By the learner's number; they are given without gaps.
  let daysOf = new Uint16Array(1 << 16);
  for (const day of days)
    day.forEach((learner) => {
      if (learner >= daysOf.length) {
        const larger = new Uint16Array(2 ** Math.ceil(Math.log2(learner + 1)));
        larger.set(daysOf);
        daysOf = larger;
      }
      daysOf[learner] = (daysOf[learner] ?? 0) + 1;
    });
  const counts = new Map<number, number>();
  for (const count of daysOf) if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  return GROUPS.map(([minDays, most]) => {
    const maxDays = most || Math.max(minDays, days.length);
    const learners = [...counts].reduce(
      (sum, [count, of]) => (count >= minDays && count <= maxDays ? sum + of : sum),
      0,
    );
    return create(EngagementGroupSchema, { minDays, maxDays, learners: BigInt(learners) });
  });
}
