import type pg from "pg";
import { GRAINS, type Piece, piecesOf } from "../fold/grains.ts";
import { MEASURES, type Measures, readMeasures } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";
import type { Scope } from "./scope.ts";

/** Columns that sums can be told apart by. */
export type GroupColumn =
  | "course_id"
  | "course_version_id"
  | "destination_id"
  | "dispatch_id"
  | "source"
  | "learner_no";

/** Sums of one range, and of one value of each column. */
export interface Sum {
  /** Index of the range. */
  readonly step: number;
  readonly keys: readonly string[];
  readonly measures: Measures;
}

const SUMS = MEASURES.map((measure) => `sum(r.${measure})::int8 as ${measure}`).join(", ");
const RESUMS = MEASURES.map((measure) => `sum(${measure})::int8 as ${measure}`).join(", ");

/**
 * Sums of facts over ranges of time. They are read of roll-ups, a few runs of rows each; a question that only facts can answer reads those.
 * @param columns to group by.
 */
export async function sumsOf(
  client: pg.ClientBase,
  scope: Scope,
  ranges: readonly Range[],
  columns: readonly GroupColumn[] = [],
): Promise<Sum[]> {
  const level = columns.reduce<number | undefined>((so, column) => deepest(so, levelOf(column)), scope.level);
  const list = columns.map((column) => `r.${column}`).join(", ");
  const names = columns.join(", ");
  const select = `${list}${list && ", "}${SUMS}`;
  const group = list && `group by ${list}`;
  const parts: string[] = [];
  const values: unknown[] = [scope.tenantId, ...scope.values];
  const add = (table: string, condition: string, pieces: readonly (Piece & { readonly step: number })[]): void => {
    if (pieces.length === 0) return;
    values.push(
      pieces.map(({ step }) => step),
      pieces.map(({ from }) => (from === -Infinity ? "-infinity" : new Date(from).toISOString())),
      pieces.map(({ to }) => new Date(to).toISOString()),
    );
    const place = values.length;
    parts.push(
      `select p.step, s.* from unnest($${place - 2}::int[], $${place - 1}::timestamptz[], $${place}::timestamptz[]) as p(step, from_at, to_at)
       cross join lateral (
         select ${select} from ${table} r where r.tenant_id = $1 and ${condition} r.at >= p.from_at and r.at < p.to_at and ${scope.where} ${group}
       ) s`,
    );
  };
  if (level === undefined) {
    add(
      "fact",
      "",
      ranges.map(({ from, to }, step) => ({ grain: 0, from, to, step })),
    );
  } else {
    const pieces = ranges.flatMap(({ from, to }, step) => piecesOf(from, to).map((piece) => ({ ...piece, step })));
    for (const grain of GRAINS)
      add(
        `rollup_${grain}`,
        `r.grain = ${grain} and r.level = ${level} and`,
        pieces.filter((piece) => piece.grain === grain),
      );
  }
  if (parts.length === 0) return [];
  const { rows } = await client.query<Record<string, unknown>>(
    `select step${names && `, ${names}`}, ${RESUMS} from (${parts.join(" union all ")}) t group by step${names && `, ${names}`}`,
    values,
  );
  return rows.map((row) => ({
    step: Number(row.step),
    keys: columns.map((column) => String(row[column])),
    measures: readMeasures(row),
  }));
}

function levelOf(column: GroupColumn): number | undefined {
  if (column === "learner_no") return undefined;
  return column === "course_id" ? 1 : 2;
}

/** Undefined, the facts, is deepest. */
function deepest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : Math.max(one, other);
}
