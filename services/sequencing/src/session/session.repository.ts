import type { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type pg from "pg";

/** A session as it is stored. */
export interface SessionRow {
  readonly instanceId: string;
  readonly registrationId: string;
  readonly learnerId: string;
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly launchId: string;
  readonly lastSeq: number;
  readonly revision: number;
  readonly status: SessionStatus;
  readonly seed: bigint;
  /** Canonical JSON of the core's state. */
  readonly state: string;
  readonly stateHash: Buffer;
  readonly delivery: string | null;
  readonly shared: string | null;
  /** Milliseconds since 1970. */
  readonly steppedAt: number;
}

const columns = `instance_id as "instanceId", registration_id as "registrationId", learner_id as "learnerId",
  course_id as "courseId", course_version_id as "courseVersionId", launch_id as "launchId", last_seq as "lastSeq",
  revision, status, seed, state, state_hash as "stateHash", delivery, shared, stepped_at as "steppedAt"`;

type RawSession = Omit<SessionRow, "seed" | "steppedAt"> & { readonly seed: string; readonly steppedAt: string };

const read = (row: RawSession): SessionRow => ({ ...row, seed: BigInt(row.seed), steppedAt: Number(row.steppedAt) });

/**
 * Lets nobody else change anything of a learner until the transaction ends: sessions of several courses share global objectives and shared data, and
 * one lock for all of it cannot be taken in two orders.
 */
export async function lockLearner(client: pg.ClientBase, organizationId: string, learnerId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 20040130))", [
    `${organizationId}/${learnerId}`,
  ]);
}

/** The session of an instance, undefined when the organization has none. */
export async function findSession(
  client: pg.ClientBase,
  organizationId: string,
  instanceId: string,
): Promise<SessionRow | undefined> {
  const { rows } = await client.query<RawSession>({
    name: "find_session",
    text: `select ${columns} from session where instance_id = $1 and tenant_id = $2`,
    values: [instanceId, organizationId],
  });
  return rows[0] && read(rows[0]);
}

/** Sessions of a learner that are in one of these states. */
export async function sessionsOfLearner(
  client: pg.ClientBase,
  organizationId: string,
  learnerId: string,
  statuses: readonly SessionStatus[],
): Promise<SessionRow[]> {
  const { rows } = await client.query<RawSession>(
    `select ${columns} from session where tenant_id = $1 and learner_id = $2 and status = any($3)`,
    [organizationId, learnerId, statuses],
  );
  return rows.map(read);
}

/** Writes a session, new or changed. */
export async function saveSessionRow(client: pg.ClientBase, organizationId: string, row: SessionRow): Promise<void> {
  await client.query({
    name: "save_session",
    text: `insert into session (instance_id, tenant_id, registration_id, learner_id, course_id, course_version_id, launch_id,
        last_seq, revision, status, seed, state, state_hash, delivery, shared, stepped_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      on conflict (instance_id) do update set course_version_id = excluded.course_version_id,
        launch_id = excluded.launch_id, last_seq = excluded.last_seq, revision = excluded.revision,
        status = excluded.status, state = excluded.state, state_hash = excluded.state_hash,
        delivery = excluded.delivery, shared = excluded.shared, stepped_at = excluded.stepped_at`,
    values: [
      row.instanceId,
      organizationId,
      row.registrationId,
      row.learnerId,
      row.courseId,
      row.courseVersionId,
      row.launchId,
      row.lastSeq,
      row.revision,
      row.status,
      row.seed.toString(),
      row.state,
      row.stateHash,
      row.delivery,
      row.shared,
      row.steppedAt,
    ],
  });
}

/** Removes sessions with everything that hangs on their instances. Answers how many there were. */
export async function deleteSessions(
  client: pg.ClientBase,
  organizationId: string,
  instanceIds: readonly string[],
): Promise<number> {
  for (const table of ["step", "shared_data_save"]) {
    await client.query(`delete from ${table} where instance_id = any($1) and tenant_id = $2`, [
      instanceIds,
      organizationId,
    ]);
  }
  for (const table of ["global_objective", "shared_data"]) {
    await client.query(`delete from ${table} where scope = any($1) and tenant_id = $2`, [instanceIds, organizationId]);
  }
  const { rowCount } = await client.query("delete from session where instance_id = any($1) and tenant_id = $2", [
    instanceIds,
    organizationId,
  ]);
  return rowCount ?? 0;
}
