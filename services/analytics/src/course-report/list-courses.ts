import { create } from "@bufbuild/protobuf";
import {
  type ListCourseReportsRequest,
  ReportOrder,
} from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { type CourseFigures, CourseFiguresSchema } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type pg from "pg";
import { entitiesById, presentEntities } from "../figures/entities.ts";
import { type GroupSums, groupFigures, groupSums } from "../figures/grouped-figures.ts";
import { type SortKey, sortGroups } from "../figures/report-order.ts";
import type { Scope } from "../figures/scope.ts";
import { sumsOf } from "../figures/sums.ts";
import { noMeasures } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";

const TOP = 10;

/** A course with what it is sorted by. */
export interface CourseEntry {
  readonly title: string;
  readonly sums: GroupSums;
  readonly sort: SortKey;
}

/** Courses with most launches in the range. */
export async function topCourses(client: pg.ClientBase, scope: Scope, range: Range): Promise<CourseFigures[]> {
  const launched = (await sumsOf(client, scope, [range], ["course_id"])).filter(
    ({ measures }) => measures.launches > 0,
  );
  const ids = launched
    .toSorted(
      (one, other) =>
        other.measures.launches - one.measures.launches || ((one.keys[0] ?? "") < (other.keys[0] ?? "") ? -1 : 1),
    )
    .slice(0, TOP)
    .flatMap(({ keys }) => keys);
  // How things stand is summed from the beginning of time; that is done for these few alone.
  const theirs: Scope = {
    ...scope,
    level: scope.level === 0 ? 1 : scope.level,
    courseIds: ids,
    where: `${scope.where} and r.course_id = any($${scope.values.length + 2}::uuid[])`,
    values: [...scope.values, ids],
  };
  const groups = new Map((await groupSums(client, theirs, range, "course_id")).map((group) => [group.key, group]));
  const top = ids.flatMap((id) => groups.get(id) ?? []);
  const names = await entitiesById(
    client,
    scope.tenantId,
    "course",
    top.map(({ key }) => key),
  );
  return withFigures(
    client,
    theirs,
    range,
    top.map((sums) => ({ sums, title: names.get(sums.key)?.name ?? "" })),
  );
}

/** Every course that is there or was used, in the order asked for. */
export async function sortedCourses(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  order: ListCourseReportsRequest["order"],
): Promise<CourseEntry[]> {
  const sums = new Map((await groupSums(client, scope, range, "course_id")).map((group) => [group.key, group]));
  const present = await presentEntities(client, scope.tenantId, "course");
  const isAsked = (id: string): boolean => scope.courseIds.length === 0 || scope.courseIds.includes(id);
  if (scope.level === 0 || scope.level === 1)
    for (const { id } of present)
      if (isAsked(id) && !sums.has(id)) sums.set(id, { key: id, happened: noMeasures(), standing: noMeasures() });
  const groups = [...sums.values()].filter(({ happened, standing }) => {
    return standing.covered > 0 || happened.launches > 0 || scope.level === 0 || scope.level === 1;
  });
  const names = await entitiesById(
    client,
    scope.tenantId,
    "course",
    groups.map(({ key }) => key),
  );
  const last = order === ReportOrder.LAST_ACTIVITY_DESC ? await lastActivity(client, scope) : new Map<string, number>();
  return sortGroups(
    groups.map((group) => ({ sums: group, title: names.get(group.key)?.name ?? "" })),
    order || ReportOrder.LAUNCHES_DESC,
    ({ sums: group, title }) => ({ ...group, name: title, lastActivity: last.get(group.key) ?? 0 }),
  );
}

/** Figures of some courses. */
export async function withFigures(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  entries: readonly { readonly sums: GroupSums; readonly title: string }[],
): Promise<CourseFigures[]> {
  const figures = await groupFigures(
    client,
    scope,
    range,
    "course_id",
    entries.map(({ sums }) => sums),
  );
  return entries.map(({ sums: { key }, title }) => {
    const theirs = figures.get(key);
    return create(CourseFiguresSchema, { courseId: key, title, ...(theirs && { figures: theirs }) });
  });
}

async function lastActivity(client: pg.ClientBase, scope: Scope): Promise<Map<string, number>> {
  const { rows } = await client.query<{ course_id: string; at: Date | null }>(
    `select r.course_id, max(r.last_active_at) as at from registration_fact r where r.tenant_id = $1 and ${scope.whereRegistration} group by 1`,
    [scope.tenantId, ...scope.values],
  );
  return new Map(rows.map(({ course_id, at }) => [course_id, at?.getTime() ?? 0]));
}
