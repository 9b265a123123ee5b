import { create } from "@bufbuild/protobuf";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { announce as announceEvent } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { PipeStoppedSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { PipeStatus } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import type pg from "pg";
import type { Position } from "../statement/position.ts";

/** Seconds others keep away from a pipe after its run was last heard of; longer than one request to a target may take. */
const LEASE_SECONDS = 90;

/** A pipe that this run alone works on. */
export interface LeasedPipe {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly target_url: string;
  readonly username: string;
  readonly sealed_password: string;
  readonly xapi_version: number;
  readonly filter: Buffer;
  readonly with_attachments: boolean;
  readonly batch_size: number;
  readonly cursor_position: string;
  readonly failure_count: number;
}

/** A statement that the target refused for good. */
export interface Refusal {
  readonly statementId: string;
  readonly httpStatus: number;
  readonly error: string;
}

/** What a run brought about. */
export interface PipeProgress {
  /** New place of the cursor. */
  readonly through: Position;
  /** Of the last statement that was accepted, 0 for none. */
  readonly forwardedPosition: Position;
  readonly acceptedCount: number;
  readonly refusals: readonly Refusal[];
}

/** A run's hold on a pipe. Every method answers false once somebody else holds it, or it was changed or removed meanwhile. */
export interface PipeLease {
  readonly pipe: LeasedPipe;
  /** Before each request; false also when the pipe was paused. */
  renew(): Promise<boolean>;
  progress(progress: PipeProgress): Promise<boolean>;
  /** Forgets dead letters that were accepted or whose statement is gone, and notes why others were refused again. */
  settle(done: readonly string[], refused: readonly Refusal[]): Promise<boolean>;
  /** Ends the hold. @param delayMs until the next run. */
  release(delayMs: number): Promise<void>;
  /** Ends the hold after a failure that concerns no single statement. @param stop the pipe gives up, which is announced. */
  fail(error: string, delayMs: number, stop: boolean): Promise<void>;
}

/** Takes the pipe whose turn it is. Of any number of processes one gets it. Undefined when none is due. */
export async function leasePipe(pool: pg.Pool): Promise<PipeLease | undefined> {
  const owner = uuidV7();
  const pipe = await inSystem(pool, async (client) => {
    const { rows } = await client.query<LeasedPipe>(
      `update pipe set lease_owner = $1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), last_attempt_at = now()
       where id = (
         select id from pipe where status in (${PipeStatus.RUNNING}, ${PipeStatus.RETRYING}) and next_attempt_at <= now()
           and (lease_owner is null or lease_until < now())
         order by next_attempt_at limit 1 for update skip locked
       ) returning *`,
      [owner],
    );
    return rows[0];
  });
  return pipe && leaseOf(pool, pipe, owner);
}

function leaseOf(pool: pg.Pool, pipe: LeasedPipe, owner: string): PipeLease {
  const { tenant_id: tenantId, id, name } = pipe;
  /** Changes the pipe's row as long as it is ours; what `more` does is in the same transaction. */
  const change = (
    set: string,
    values: readonly unknown[],
    more: (client: pg.ClientBase) => Promise<unknown> = async () => undefined,
    unless = "",
  ): Promise<boolean> =>
    inTenant(pool, tenantId, async (client) => {
      const { rowCount } = await client.query(
        `update pipe set ${set} where tenant_id = $1 and id = $2 and lease_owner = $3 ${unless}`,
        [tenantId, id, owner, ...values],
      );
      if (!rowCount) return false;
      await more(client);
      return true;
    });
  const announce = (client: pg.ClientBase, lastError: string): Promise<void> =>
    announceEvent(client, tenantId, PipeStoppedSchema, create(PipeStoppedSchema, { pipeId: id, name, lastError }));
  const renewal = `lease_until = now() + make_interval(secs => ${LEASE_SECONDS})`;

  return {
    pipe,
    renew: () => change(renewal, [], undefined, `and status <> ${PipeStatus.PAUSED}`),
    progress: ({ through, forwardedPosition, acceptedCount, refusals }) =>
      change(
        `${renewal}, cursor_position = greatest(cursor_position, $4), forwarded_position = greatest(forwarded_position, $5),
         forwarded_count = forwarded_count + $6, status = ${unlessPaused(String(PipeStatus.RUNNING))}, failure_count = 0, last_error = ''`,
        [through, forwardedPosition, acceptedCount],
        (client) => writeRefusals(client, tenantId, id, refusals),
      ),
    settle: (done, refused) =>
      change(renewal, [], async (client) => {
        await client.query("delete from dead_letter where tenant_id = $1 and pipe_id = $2 and statement_id = any($3)", [
          tenantId,
          id,
          done,
        ]);
        await writeRefusals(client, tenantId, id, refused);
      }),
    async release(delayMs) {
      await change(
        "lease_owner = null, lease_until = null, next_attempt_at = now() + make_interval(secs => $4::float8 / 1000)",
        [delayMs],
      );
    },
    async fail(error, delayMs, stop) {
      await change(
        `lease_owner = null, lease_until = null, status = ${unlessPaused("$4")}, failure_count = failure_count + 1, last_error = $5,
         next_attempt_at = now() + make_interval(secs => $6::float8 / 1000)`,
        [stop ? PipeStatus.STOPPED : PipeStatus.RETRYING, error, delayMs],
        (client) => (stop ? announce(client, error) : Promise.resolve()),
      );
    },
  };
}

/** A pause that came while a batch was under way stays. */
function unlessPaused(status: string): string {
  return `case when status = ${PipeStatus.PAUSED} then status else ${status} end`;
}

async function writeRefusals(
  client: pg.ClientBase,
  tenantId: string,
  pipeId: string,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const { statementId, httpStatus, error } of refusals) {
    await client.query(
      `insert into dead_letter (id, tenant_id, pipe_id, statement_id, http_status, error, refused_at) values ($1, $2, $3, $4, $5, $6, now())
       on conflict (pipe_id, statement_id) do update set http_status = excluded.http_status, error = excluded.error,
         refused_at = excluded.refused_at, retry = false`,
      [uuidV7(), tenantId, pipeId, statementId, httpStatus, error],
    );
  }
}
