import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { ObjectiveProgress } from "@coursemesh/scorm/sequencing/tracking.ts";
import type pg from "pg";

/** Scope of what belongs to a learner in the whole organization. */
export const WHOLE_ORGANIZATION = "00000000-0000-0000-0000-000000000000";

/** A global objective as it is stored. */
export interface GlobalObjectiveRow {
  readonly id: string;
  readonly learnerId: string;
  /** Instance that keeps it to itself, or `WHOLE_ORGANIZATION`. */
  readonly scope: string;
  readonly objectiveId: string;
  readonly progress: ObjectiveProgress;
  /** Step that wrote it last, and of which instance; null after a correction by hand. */
  readonly stepId: string | null;
  readonly instanceId: string | null;
  readonly version: number;
  readonly updatedAt: Date;
}

/** Whose objectives are meant. */
export interface ObjectiveScope {
  readonly organizationId: string;
  readonly learnerId: string;
  readonly scope: string;
}

const columns = `id, learner_id as "learnerId", scope, objective_id as "objectiveId", progress, step_id as "stepId",
  instance_id as "instanceId", version, updated_at as "updatedAt"`;

type Raw = Omit<GlobalObjectiveRow, "progress"> & { readonly progress: string };
const read = (row: Raw): GlobalObjectiveRow => ({ ...row, progress: JSON.parse(row.progress) as ObjectiveProgress });

/** Those of the given ids that are known. */
export async function globalObjectivesOf(
  client: pg.ClientBase,
  of: ObjectiveScope,
  ids: readonly string[],
): Promise<Map<string, GlobalObjectiveRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<Raw>(
    `select ${columns} from global_objective
     where tenant_id = $1 and learner_id = $2 and scope = $3 and objective_id = any($4)`,
    [of.organizationId, of.learnerId, of.scope, ids],
  );
  return new Map(rows.map((row) => [row.objectiveId, read(row)]));
}

/** One page by objective id, one row more than asked for. */
export async function listGlobalObjectives(
  client: pg.ClientBase,
  of: ObjectiveScope,
  after: string | undefined,
  limit: number,
): Promise<GlobalObjectiveRow[]> {
  const { rows } = await client.query<Raw>(
    `select ${columns} from global_objective where tenant_id = $1 and learner_id = $2 and scope = $3
       and ($4::text is null or objective_id > $4) order by objective_id limit $5`,
    [of.organizationId, of.learnerId, of.scope, after ?? null, limit + 1],
  );
  return rows.map(read);
}

export async function findGlobalObjective(
  client: pg.ClientBase,
  organizationId: string,
  id: string,
): Promise<GlobalObjectiveRow | undefined> {
  const { rows } = await client.query<Raw>(`select ${columns} from global_objective where id = $1 and tenant_id = $2`, [
    id,
    organizationId,
  ]);
  return rows[0] && read(rows[0]);
}

/** Where a value comes from: a step of an instance, or nothing of the kind. */
export interface ObjectiveWriter {
  readonly stepId: string | null;
  readonly instanceId: string | null;
}

/** Writes objectives, new or known. Answers them as they are stored now. */
export async function saveGlobalObjectives(
  client: pg.ClientBase,
  of: ObjectiveScope,
  values: Readonly<Record<string, ObjectiveProgress>>,
  writer: ObjectiveWriter,
): Promise<GlobalObjectiveRow[]> {
  const ids = Object.keys(values);
  if (ids.length === 0) return [];
  const { rows } = await client.query<Raw>(
    `insert into global_objective (id, tenant_id, learner_id, scope, objective_id, progress, step_id, instance_id, updated_at)
     select new.id, $1, $2, $3, new.objective_id, new.progress, $7, $8, now()
     from unnest($4::uuid[], $5::text[], $6::text[]) as new (id, objective_id, progress)
     on conflict (tenant_id, learner_id, scope, objective_id) do update set progress = excluded.progress,
       step_id = excluded.step_id, instance_id = excluded.instance_id, version = global_objective.version + 1,
       updated_at = excluded.updated_at
     returning ${columns}`,
    [
      of.organizationId,
      of.learnerId,
      of.scope,
      ids.map(() => uuidV7()),
      ids,
      Object.values(values).map((progress) => JSON.stringify(progress)),
      writer.stepId,
      writer.instanceId,
    ],
  );
  return rows.map(read);
}
