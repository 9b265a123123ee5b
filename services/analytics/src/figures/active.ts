import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { GRAINS, piecesOf } from "../fold/grains.ts";
import type { Range } from "../period/read-period.ts";
import { MERGED_MEMBERS, type MergedMembers, type Union, union } from "../store/member-set.ts";
import type { Scope } from "./scope.ts";

/** Who was active in each of these ranges, each learner once. */
export async function activeIn(client: pg.ClientBase, scope: Scope, ranges: readonly Range[]): Promise<Union[]> {
  const unions = ranges.map(() => union());
  if (scope.level === 0 || scope.level === 1) await readSets(client, scope, ranges, unions);
  else await readFacts(client, scope, ranges, unions);
  return unions;
}

async function readSets(
  client: pg.ClientBase,
  scope: Scope,
  ranges: readonly Range[],
  unions: readonly Union[],
): Promise<void> {
  const pieces = ranges.flatMap(({ from, to }, step) => piecesOf(from, to).map((piece) => ({ ...piece, step })));
  const courses = scope.level === 0 ? [NIL] : scope.courseIds;
  for (const grain of GRAINS) {
    const ofGrain = pieces.filter((piece) => piece.grain === grain);
    if (ofGrain.length === 0) continue;
    // What belongs together comes together: a row for each of thousands of small sets costs more than the sets.
    const { rows } = await client.query<MergedMembers & { step: number; part: number }>(
      `select p.step, s.* from unnest($3::int[], $4::timestamptz[], $5::timestamptz[]) as p(step, from_at, to_at)
       cross join unnest($2::uuid[]) as c(id)
       cross join lateral (
         select part, ${MERGED_MEMBERS} from active_set_${grain} r
         where r.tenant_id = $1 and r.grain = ${grain} and r.course_id = c.id and r.at >= p.from_at and r.at < p.to_at group by part
       ) s`,
      [
        scope.tenantId,
        courses,
        ofGrain.map(({ step }) => step),
        ofGrain.map(({ from }) => (from === -Infinity ? "-infinity" : new Date(from).toISOString())),
        ofGrain.map(({ to }) => new Date(to).toISOString()),
      ],
    );
    for (const { step, part, ...members } of rows) unions[step]?.add(part, members);
  }
}

async function readFacts(
  client: pg.ClientBase,
  scope: Scope,
  ranges: readonly Range[],
  unions: readonly Union[],
): Promise<void> {
  const place = scope.values.length + 2;
  const { rows } = await client.query<{ step: number; learner_no: number }>(
    `select distinct p.step, r.learner_no
     from unnest($${place}::int[], $${place + 1}::timestamptz[], $${place + 2}::timestamptz[]) as p(step, from_at, to_at)
     join fact r on r.tenant_id = $1 and r.active and r.at >= p.from_at and r.at < p.to_at and ${scope.where}`,
    [
      scope.tenantId,
      ...scope.values,
      ranges.map((_, step) => step),
      ranges.map(({ from }) => new Date(from)),
      ranges.map(({ to }) => new Date(to)),
    ],
  );
  for (const { step, learner_no: number } of rows) unions[step]?.addOne(number);
}
