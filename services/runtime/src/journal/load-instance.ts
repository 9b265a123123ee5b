import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type pg from "pg";
import { stateOfRows } from "../instance/state-rows.ts";
import { readAnswer } from "../sequencing/stored-answers.ts";
import type { JournalInstance, LaunchPosition } from "./instance-memory.ts";

interface InstanceColumns {
  id: string;
  tenant_id: string;
  registration_id: string;
  package_id: string;
  version: string;
  lease_launch_id: string | null;
  folded_launch_id: string | null;
  folded_seq: number;
  folded_epoch: number;
  current_activity: string;
  completion: Completion;
  success: Success;
  score_scaled: number | null;
  score_raw: number | null;
  score_min: number | null;
  score_max: number | null;
  total_seconds: number;
  progress: number;
  first_access_at: Date | null;
  last_access_at: Date | null;
}

/** Reads an instance at one version; undefined when the organization has no such instance. */
export function loadInstance(pool: pg.Pool, tenantId: string, id: string): Promise<JournalInstance | undefined> {
  return inTenant(pool, tenantId, (client) => readInstance(client, tenantId, id));
}

/**
 * Reads an instance in a transaction that names the tenant.
 * The row is locked, so that states and launches read after it are those of its version.
 */
export async function readInstance(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
): Promise<JournalInstance | undefined> {
  const { rows } = await client.query<InstanceColumns>(
    `select id, tenant_id, registration_id, package_id, version, lease_launch_id, folded_launch_id, folded_seq, folded_epoch,
       current_activity, completion, success, score_scaled, score_raw, score_min, score_max, total_seconds, progress,
       first_access_at, last_access_at
     from instance where id = $1 and tenant_id = $2 for update`,
    [id, tenantId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const states = await client.query<{ activity: string; state: string }>(
    "select activity, state from activity_state where instance_id = $1 order by activity",
    [id],
  );
  const launches = await client.query<{ id: string; epoch: number; last_seq: number; end_kind: LaunchEnd }>(
    "select id, epoch, last_seq, end_kind from launch where instance_id = $1",
    [id],
  );
  return {
    id: row.id,
    tenantId: row.tenant_id,
    registrationId: row.registration_id,
    packageId: row.package_id,
    version: Number(row.version),
    leaseLaunchId: row.lease_launch_id ?? "",
    foldedEpoch: row.folded_epoch,
    state: await stateOfRows(
      { launch: row.folded_launch_id ?? "", seq: row.folded_seq, current: row.current_activity },
      states.rows,
      (launch, seq) => readAnswer(client, launch, seq),
    ),
    result: {
      completion: row.completion,
      success: row.success,
      scoreScaled: row.score_scaled,
      scoreRaw: row.score_raw,
      scoreMin: row.score_min,
      scoreMax: row.score_max,
      totalSeconds: row.total_seconds,
      progress: row.progress,
    },
    firstAccessAt: row.first_access_at,
    lastAccessAt: row.last_access_at,
    touchedAt: 0,
    launches: new Map<string, LaunchPosition>(
      launches.rows.map((it) => [it.id, { epoch: it.epoch, lastSeq: it.last_seq, end: it.end_kind }]),
    ),
    sizes: new Map(states.rows.map(({ activity, state }) => [activity, state.length])),
  };
}
