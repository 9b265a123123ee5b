import { inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV5 } from "@coursemesh/platform/ids/uuid-v5.ts";
import type { JobHandler, Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import { VersionMoveState } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { asDispatch } from "../launch/dispatch-facts.ts";
import { AFFECTED, type AffectedRow, affectedParameters, inShare } from "./affected-sessions.ts";
import { announceMove } from "./announce-move.ts";
import { planOf, requireMove, type VersionMoveRow } from "./version-move-row.ts";

/** Job that works on a move. */
export const RUN_VERSION_MOVE = "run_version_move";

export interface MoveJob {
  readonly tenantId: string;
  readonly id: string;
}

/** Whoever has the course open is moved when they have left; looked for so often. */
const PATIENCE_MS = 60 * 1000;
const BATCH = 100;

export function queueMove(
  jobs: Jobs,
  job: MoveJob,
  { client, runAt }: { readonly client?: pg.ClientBase; readonly runAt?: Date } = {},
): Promise<void> {
  return jobs.add(RUN_VERSION_MOVE, job, { key: `version move ${job.id}`, ...(runAt && { runAt }) }, client);
}

/**
 * The job {@link RUN_VERSION_MOVE}: moves or puts back one session after the other. Each step is idempotent in the runtime and here, so a job
 * that comes again, or twice at once, does nothing twice.
 */
export function runVersionMove(parts: DispatchParts): JobHandler<MoveJob> {
  return async (job, { signal }) => {
    const move = await inTenant(parts.pool(), job.tenantId, (client) => requireMove(client, job.tenantId, job.id));
    if (move.ended_at !== null) return;
    let waiting = false;
    let after = "";
    while (!signal.aborted) {
      const rows = await (move.reverting ? movedSessions : sessionsToMove)(parts, move, after);
      for (const row of rows) {
        if (signal.aborted) break;
        const isOpen = await (move.reverting ? putBack : moveOn)(parts, move, row);
        waiting ||= isOpen;
      }
      if (rows.length < BATCH) break;
      after = rows.at(-1)?.id ?? "";
    }
    if (signal.aborted) return queueMove(parts.jobs(), job);
    if (waiting) return queueMove(parts.jobs(), job, { runAt: new Date(Date.now() + PATIENCE_MS) });
    await settle(parts, move);
  };
}

/** Sessions of the share that are not moved, by id. */
function sessionsToMove({ pool }: DispatchParts, move: VersionMoveRow, after: string): Promise<AffectedRow[]> {
  return inTenant(pool(), move.tenant_id, async (client) => {
    const { rows } = await client.query<AffectedRow>(
      `${AFFECTED} and ${inShare("$7::uuid", "$8")} and ($9 = '' or newest.id::text > $9) and not exists
         (select from version_move_item i where i.version_move_id = $7::uuid and i.external_session_id = newest.id)
       order by newest.id limit ${BATCH}`,
      [...affectedParameters(move.tenant_id, planOf(move)), move.id, move.share_percent, after],
    );
    return rows;
  });
}

/** Sessions that were moved, not put back and not moved on since, by id. The instance is the one to go back to. */
function movedSessions({ pool }: DispatchParts, move: VersionMoveRow, after: string): Promise<AffectedRow[]> {
  return inTenant(pool(), move.tenant_id, async (client) => {
    const { rows } = await client.query<AffectedRow>(
      `select e.id, e.tenant_id, e.registration_id, i.from_instance_id as instance_id, i.from_course_version_id as course_version_id,
         e.last_activity_at, 0 as "group"
       from version_move_item i join external_session e on e.id = i.external_session_id
       where i.version_move_id = $1 and i.reverted_at is null and i.to_instance_id = e.instance_id and ($2 = '' or e.id::text > $2)
       order by e.id limit ${BATCH}`,
      [move.id, after],
    );
    return rows;
  });
}

/** Moves a session; true when its learner has the course open and it has to wait. */
async function moveOn(parts: DispatchParts, move: VersionMoveRow, row: AffectedRow): Promise<boolean> {
  const { toCourseVersionId, restart } = planOf(move);
  const registrations = parts.clients.of(RegistrationService);
  const made = await unlessOpen(() =>
    asDispatch(move.tenant_id, () =>
      registrations.createInstance({
        requestId: uuidV5(move.id, row.id),
        registrationId: row.registration_id,
        courseVersionId: toCourseVersionId,
        keepProgress: !restart,
        unlessOpen: true,
      }),
    ),
  );
  if (made === "open") return true;
  await inTenant(parts.pool(), move.tenant_id, async (client) => {
    await client.query(
      `insert into version_move_item (version_move_id, external_session_id, tenant_id, from_instance_id, from_course_version_id,
         to_instance_id, progress_kept, moved_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        ...[move.id, row.id, move.tenant_id, row.instance_id, row.course_version_id],
        ...[made?.registration?.instance?.id ?? null, made?.progressKept ?? false, parts.now()],
      ],
    );
    await pointTo(client, row.id, made?.registration);
  });
  return false;
}

/** Puts a session back on the instance it had; true when it has to wait. */
async function putBack(parts: DispatchParts, move: VersionMoveRow, row: AffectedRow): Promise<boolean> {
  const registrations = parts.clients.of(RegistrationService);
  const restored = await unlessOpen(() =>
    asDispatch(move.tenant_id, () =>
      registrations.restoreInstance({
        registrationId: row.registration_id,
        instanceId: row.instance_id,
        unlessOpen: true,
      }),
    ),
  );
  if (restored === "open") return true;
  await inTenant(parts.pool(), move.tenant_id, async (client) => {
    await client.query(
      "update version_move_item set reverted_at = $3 where version_move_id = $1 and external_session_id = $2",
      [move.id, row.id, parts.now()],
    );
    await pointTo(client, row.id, restored?.registration);
  });
  return false;
}

/** What a call answers; `open` when the learner has the course open, undefined when the registration is gone. */
async function unlessOpen<Answer>(call: () => Promise<Answer>): Promise<Answer | "open" | undefined> {
  try {
    return await call();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "SESSION_OPEN") return "open";
    if (reason === "REGISTRATION_NOT_FOUND" || reason === "INSTANCE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** The session goes on with another instance. What its host was told stays told; the result is taken over at the next launch. */
async function pointTo(
  client: pg.ClientBase,
  sessionId: string,
  registration: Registration | undefined,
): Promise<void> {
  const { instance } = registration ?? {};
  if (instance === undefined) return;
  await client.query("update external_session set instance_id = $2, course_version_id = $3 where id = $1", [
    sessionId,
    instance.id,
    instance.courseVersionId,
  ]);
}

/** Nobody is left to move or to put back. */
async function settle({ pool, now, jobs }: DispatchParts, worked: VersionMoveRow): Promise<void> {
  const { tenant_id: tenantId, id } = worked;
  await inTenant(pool(), tenantId, async (client) => {
    await client.query("select from version_move where id = $1 for update", [id]);
    const move = await requireMove(client, tenantId, id);
    if (move.ended_at !== null) return;
    // Widened or reverted meanwhile: another job does that.
    if (move.share_percent !== worked.share_percent || move.reverting !== worked.reverting)
      return queueMove(jobs(), { tenantId, id }, { client });
    const state = move.reverting
      ? VersionMoveState.REVERTED
      : move.share_percent < 100
        ? VersionMoveState.WAITING
        : VersionMoveState.DONE;
    await client.query("update version_move set state = $2, updated_at = $3, ended_at = $4 where id = $1", [
      id,
      state,
      now(),
      state === VersionMoveState.WAITING ? null : now(),
    ]);
    await announceMove(client, await requireMove(client, tenantId, id));
  });
}
