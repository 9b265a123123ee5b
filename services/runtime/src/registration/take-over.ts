import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { Catalog } from "../catalog/catalog.ts";
import { carriedState } from "../instance/carry-over.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import { stateOfRows } from "../instance/state-rows.ts";
import type { LaunchTerms } from "../launch/launch-terms.ts";
import type { StoredResult } from "../result/result.ts";

/** What an instance begins with, and what that comes to. */
export interface Origin {
  readonly state: InstanceState;
  readonly result: StoredResult;
}

/** What of the learner's progress in one instance fits a package; undefined when nothing does. The instance's row must be locked. */
export async function originFrom(
  em: EntityManager,
  catalog: Catalog,
  old: InstanceRow,
  packageId: string,
): Promise<Origin | undefined> {
  const [last] = await em.execute<{ terms: string }[]>(
    "select terms from launch where instance_id = ? and last_seq > 0 order by epoch desc, id desc limit 1",
    [old.id],
  );
  if (last === undefined) return undefined;
  const { context, rollUp } = JSON.parse(last.terms) as LaunchTerms;
  const [from, to] = await Promise.all([
    catalog.outline(old.tenantId, old.packageId),
    catalog.outline(old.tenantId, packageId),
  ]);
  if (from.outline.standard !== "scorm12" || to.outline.standard !== "scorm12") return undefined;
  const rows = await em.execute<{ activity: string; state: string }[]>(
    "select activity, state from activity_state where instance_id = ? order by activity",
    [old.id],
  );
  const place = { launch: old.foldedLaunchId ?? "", seq: old.foldedSeq, current: old.currentActivity };
  const held = await stateOfRows(place, rows, async () => undefined);
  const state = carriedState(from.outline, to.outline, modelOfCourse(from.outline).closed(context, held));
  return state && { state, result: modelOfCourse(to.outline).result({ context, rollUp }, state) };
}

/** Stores what a new instance begins with. */
export async function writeOrigin(
  em: EntityManager,
  instance: { readonly id: string; readonly tenantId: string },
  fromInstanceId: string,
  { state }: Origin,
): Promise<void> {
  await em.execute(
    "insert into instance_origin (instance_id, tenant_id, from_instance_id, state) values (?, ?, ?, ?)",
    [instance.id, instance.tenantId, fromInstanceId, JSON.stringify(state)],
  );
  for (const [activity, value] of Object.entries(state.activities))
    await em.execute("insert into activity_state (instance_id, activity, tenant_id, state) values (?, ?, ?, ?)", [
      instance.id,
      activity,
      instance.tenantId,
      JSON.stringify(value),
    ]);
}
