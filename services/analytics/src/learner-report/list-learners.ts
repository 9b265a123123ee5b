import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import {
  type LearnerFigures,
  LearnerFiguresSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import type pg from "pg";
import { type GroupSums, groupFigures, groupSums } from "../figures/grouped-figures.ts";
import { pageOf, type SortKey, sortGroups } from "../figures/report-order.ts";
import type { Scope } from "../figures/scope.ts";
import { noMeasures } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";

interface LearnerQuestion {
  readonly scope: Scope;
  readonly range: Range;
  /** Part of the id or name. */
  readonly query: string;
  readonly order: ReportOrder;
}

/** A learner of a list. */
export interface LearnerRow {
  readonly learner_id: string;
  readonly number: number;
  readonly name: string;
  readonly last_active_at: Date | null;
  readonly sort?: SortKey;
}

/** Rows of a page and one more, and how many there are altogether. */
interface LearnerPage {
  readonly rows: LearnerRow[];
  readonly count: () => Promise<number>;
}

const BY_LEARNER: readonly ReportOrder[] = [
  ReportOrder.UNSPECIFIED,
  ReportOrder.LAST_ACTIVITY_DESC,
  ReportOrder.NAME_ASC,
];

/** Keys of a row in the order of its list. */
export const sortKeysOf =
  (order: ReportOrder) =>
  (row: LearnerRow): readonly (string | number)[] => {
    if (row.sort) return row.sort;
    const first = order === ReportOrder.NAME_ASC ? row.name : (row.last_active_at?.getTime() ?? 0);
    return [first, row.number];
  };

/** By name or last activity a page reads only its own learners; other orders need the figures of all who are covered. */
export function pageOfLearners(
  client: pg.ClientBase,
  question: LearnerQuestion,
  start: PageStart,
): Promise<LearnerPage> {
  return BY_LEARNER.includes(question.order)
    ? pageByLearner(client, question, start)
    : pageByFigure(client, question, start);
}

function conditionOf({ scope, query }: LearnerQuestion): { where: string; values: unknown[] } {
  const values: unknown[] = [scope.tenantId, ...scope.values];
  const conditions = ["l.tenant_id = $1"];
  if (query !== "") {
    values.push(containing(query));
    conditions.push(`(l.learner_id ilike $${values.length} or l.name ilike $${values.length})`);
  }
  if (scope.level !== 0)
    conditions.push(`exists (select 1 from registration_fact r where r.tenant_id = $1 and r.learner_id = l.learner_id
      and ${scope.whereRegistration})`);
  return { where: conditions.join(" and "), values };
}

async function pageByLearner(client: pg.ClientBase, question: LearnerQuestion, start: PageStart): Promise<LearnerPage> {
  const { where, values } = conditionOf(question);
  const byName = question.order === ReportOrder.NAME_ASC;
  const column = byName ? "l.name" : "coalesce(l.last_active_at, 'epoch')";
  const sign = byName ? ">" : "<";
  const direction = byName ? "asc" : "desc";
  const { after } = start;
  const place = values.length;
  const behind = after ? `and (${column}, l.number) ${sign} ($${place + 2}, $${place + 3}::int)` : "";
  const first = byName ? String(after?.[0]) : new Date(Number(after?.[0] ?? 0));
  const { rows } = await client.query<LearnerRow>(
    `select l.learner_id, l.number, l.name, l.last_active_at from learner l where ${where} ${behind}
     order by ${column} ${direction}, l.number ${direction} limit $${place + 1}`,
    [...values, start.limit + 1, ...(after ? [first, after[1]] : [])],
  );
  return { rows, count: () => countLearners(client, question) };
}

async function countLearners(client: pg.ClientBase, question: LearnerQuestion): Promise<number> {
  const { where, values } = conditionOf(question);
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from learner l where ${where}`,
    values,
  );
  return Number(rows[0]?.count ?? 0);
}

async function pageByFigure(client: pg.ClientBase, question: LearnerQuestion, start: PageStart): Promise<LearnerPage> {
  const { where, values } = conditionOf(question);
  const { rows } = await client.query<LearnerRow>(
    `select l.learner_id, l.number, l.name, l.last_active_at from learner l where ${where}`,
    values,
  );
  const sums = new Map(
    (await groupSums(client, question.scope, question.range, "learner_no")).map((group) => [group.key, group]),
  );
  const sorted = sortGroups(rows, question.order, (row) => ({
    ...sumsFor(sums, row),
    name: row.name,
    lastActivity: row.last_active_at?.getTime() ?? 0,
  }));
  return { rows: pageOf(sorted, start), count: async () => sorted.length };
}

const sumsFor = (sums: ReadonlyMap<string, GroupSums>, { number }: LearnerRow): GroupSums =>
  sums.get(String(number)) ?? { key: String(number), happened: noMeasures(), standing: noMeasures() };

/** Figures of some learners. */
export async function withLearnerFigures(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  rows: readonly LearnerRow[],
): Promise<LearnerFigures[]> {
  const place = scope.values.length + 2;
  const theirs: Scope = {
    ...scope,
    level: undefined,
    where: `${scope.where} and r.learner_no = any($${place}::int[])`,
    values: [...scope.values, rows.map(({ number }) => number)],
  };
  const sums = new Map((await groupSums(client, theirs, range, "learner_no")).map((group) => [group.key, group]));
  const groups = rows.map((row) => sumsFor(sums, row));
  const figures = await groupFigures(client, theirs, range, "learner_no", groups);
  return rows.map((row) => {
    const found = figures.get(String(row.number));
    return create(LearnerFiguresSchema, {
      learnerId: row.learner_id,
      name: row.name,
      ...(found && { figures: found }),
      ...(row.last_active_at && { lastActivityTime: timestampFromDate(row.last_active_at) }),
    });
  });
}
