import type { Figures } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type pg from "pg";
import { GRAINS, piecesOf } from "../fold/grains.ts";
import { noMeasures } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";
import { MERGED_MEMBERS, type MergedMembers, type Union, union } from "../store/member-set.ts";
import { before, toFigures } from "./figures.ts";
import type { Scope } from "./scope.ts";
import { type GroupColumn, type Sum, sumsOf } from "./sums.ts";

/** Sums of one value of a column. */
export interface GroupSums {
  readonly key: string;
  readonly happened: Sum["measures"];
  readonly standing: Sum["measures"];
}

/** What happened in a range, and how things stood at its end, for each value of a column. */
export async function groupSums(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  column: GroupColumn,
): Promise<GroupSums[]> {
  const sums = await sumsOf(client, scope, [range, before(range.to)], [column]);
  return [...Map.groupBy(sums, ({ keys }) => keys[0] ?? "")].map(([key, theirs]) => ({
    key,
    happened: theirs.find(({ step }) => step === 0)?.measures ?? noMeasures(),
    standing: theirs.find(({ step }) => step === 1)?.measures ?? noMeasures(),
  }));
}

/** Figures of some of these groups; who was active is looked up for them alone. */
export async function groupFigures(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  column: GroupColumn,
  groups: readonly GroupSums[],
): Promise<Map<string, Figures>> {
  const keys = groups.map(({ key }) => key);
  const active = await activeByKey(client, scope, range, column, keys);
  return new Map(
    groups.map(({ key, happened, standing }) => [key, toFigures(active.get(key) ?? 0, happened, standing)]),
  );
}

async function activeByKey(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  column: GroupColumn,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (column === "course_id" && (scope.level === 0 || scope.level === 1))
    return activeByCourse(client, scope.tenantId, range, keys);
  const place = scope.values.length + 2;
  const { rows } = await client.query<{ key: string; active: number }>(
    `select r.${column}::text as key, count(distinct r.learner_no)::int as active from fact r
     where r.tenant_id = $1 and r.active and r.at >= $${place} and r.at < $${place + 1} and r.${column}::text = any($${place + 2}) and ${scope.where}
     group by 1`,
    [scope.tenantId, ...scope.values, new Date(range.from), new Date(range.to), keys],
  );
  return new Map(rows.map(({ key, active }) => [key, active]));
}

async function activeByCourse(
  client: pg.ClientBase,
  tenantId: string,
  range: Range,
  courseIds: readonly string[],
): Promise<Map<string, number>> {
  const unions = new Map<string, Union>(courseIds.map((id) => [id, union()]));
  const pieces = piecesOf(range.from, range.to);
  for (const grain of GRAINS) {
    const ofGrain = pieces.filter((piece) => piece.grain === grain);
    if (ofGrain.length === 0) continue;
    const { rows } = await client.query<MergedMembers & { id: string; part: number }>(
      `select c.id, s.* from unnest($2::uuid[]) as c(id) cross join unnest($3::timestamptz[], $4::timestamptz[]) as p(from_at, to_at)
       cross join lateral (
         select part, ${MERGED_MEMBERS} from active_set_${grain} r
         where r.tenant_id = $1 and r.grain = ${grain} and r.course_id = c.id and r.at >= p.from_at and r.at < p.to_at group by part
       ) s`,
      [tenantId, courseIds, ofGrain.map(({ from }) => new Date(from)), ofGrain.map(({ to }) => new Date(to))],
    );
    for (const { id, part, ...members } of rows) unions.get(id)?.add(part, members);
  }
  return new Map([...unions].map(([id, { size }]) => [id, size]));
}
