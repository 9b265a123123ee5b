import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { floorTo, GRAINS } from "../fold/grains.ts";
import { addMeasures, isNothing, MEASURES, type Measures, noMeasures } from "../fold/measures.ts";
import type { FactRow } from "./write-facts.ts";

/** Columns that sums are kept by, besides level, grain and time. */
export const DIMENSIONS = ["course_id", "course_version_id", "destination_id", "dispatch_id", "source"] as const;

interface Change {
  readonly row: Readonly<Record<string, unknown>>;
  readonly measures: Measures;
}

/** Adds facts to the sums, and takes old ones away; only what differs is written. */
export async function changeRollups(
  client: pg.ClientBase,
  tenantId: string,
  before: readonly FactRow[],
  now: readonly FactRow[],
): Promise<void> {
  const changes = new Map<string, Change>();
  for (const fact of before) collect(changes, tenantId, fact, -1);
  for (const fact of now) collect(changes, tenantId, fact, 1);
  const rows = [...changes].filter(([, { measures }]) => !isNothing(measures));
  if (rows.length === 0) return;
  const sums = MEASURES.map((measure) => `${measure} = r.${measure} + excluded.${measure}`).join(", ");
  await client.query(
    `insert into rollup as r select * from json_populate_recordset(null::rollup, $1::json)
     on conflict (tenant_id, level, grain, at, ${DIMENSIONS.join(", ")}) do update set ${sums}`,
    [JSON.stringify(rows.map(([, { row, measures }]) => ({ ...row, ...measures })))],
  );
}

function collect(changes: Map<string, Change>, tenantId: string, fact: FactRow, sign: 1 | -1): void {
  for (const level of [0, 1, 2]) {
    const place = {
      course_id: level > 0 ? fact.course_id : NIL,
      course_version_id: level > 1 ? fact.course_version_id : NIL,
      destination_id: level > 1 ? fact.destination_id : NIL,
      dispatch_id: level > 1 ? fact.dispatch_id : NIL,
      source: level > 1 ? fact.source : "",
    };
    const placeKey = Object.values(place).join(" ");
    for (const grain of GRAINS) {
      const at = floorTo(grain, fact.at);
      const key = `${level} ${grain} ${at} ${placeKey}`;
      let change = changes.get(key);
      if (change === undefined) {
        change = {
          row: { tenant_id: tenantId, level, grain, at: new Date(at), ...place },
          measures: noMeasures(),
        };
        changes.set(key, change);
      }
      addMeasures(change.measures, fact.measures, sign);
    }
  }
}
