import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import type pg from "pg";
import type { PreparedCourse } from "../catalog/catalog.ts";
import { globalObjectivesOf } from "../global-objective/global-objective.repository.ts";
import { forgetSharedData, saveSharedData } from "../shared-data/shared-data.repository.ts";
import type { Asked } from "../step/asked.ts";
import type { CarriedOut } from "../step/carry-out.ts";
import type { TakenIn } from "../step/taken-in.ts";
import type { LearnerScopes } from "./learner-scope.ts";
import type { SessionRow } from "./session.repository.ts";
import { changedStores } from "./shared-stores.ts";

/** What others did to the course's global objectives since the session looked last. */
export async function lookAround(
  client: pg.ClientBase,
  scopes: LearnerScopes,
  ids: readonly string[],
  { globalObjectives }: SequencingState,
): Promise<TakenIn | undefined> {
  const rows = await globalObjectivesOf(client, scopes.objectives, ids);
  const takenIn = ids.flatMap((id) => {
    const row = rows.get(id);
    const progress = row?.progress ?? {};
    if (canonicalJson(progress) === canonicalJson(globalObjectives[id] ?? {})) return [];
    return [[id, { progress, stepId: row?.stepId ?? "" }] as const];
  });
  return takenIn.length === 0 ? undefined : Object.fromEntries(takenIn);
}

/** Global objectives that a step changed. */
export function changedObjectives(
  ids: readonly string[],
  { globalObjectives: before }: SequencingState,
  { globalObjectives: after }: SequencingState,
): SequencingState["globalObjectives"] {
  const changed = ids.filter((id) => canonicalJson(before[id] ?? {}) !== canonicalJson(after[id] ?? {}));
  return Object.fromEntries(changed.map((id) => [id, after[id] ?? {}]));
}

/** Keeps the shared data that an activity left, and forgets what ends with the attempt on the course. */
export async function keepSharedData(
  client: pg.ClientBase,
  scopes: LearnerScopes,
  { index }: PreparedCourse,
  row: SessionRow,
  { shared: left, activity }: Asked,
  { status }: CarriedOut,
): Promise<void> {
  if (left !== undefined && activity !== undefined) {
    const given = JSON.parse(row.shared ?? "{}") as SharedData;
    await saveSharedData(client, scopes.shared, changedStores(index.byIdentifier.get(activity), given, left));
  }
  // Stores that a course keeps to itself live as long as one attempt on its root.
  if (status === SessionStatus.ENDED && index.tree.sharedDataGlobalToSystem === false) {
    await forgetSharedData(client, scopes.shared);
  }
}
