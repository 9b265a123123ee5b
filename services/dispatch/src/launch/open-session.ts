import { randomBytes } from "node:crypto";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type pg from "pg";
import type { SessionRow } from "../external_session/session-row.ts";
import type { StoredLearner } from "./learner-facts.ts";

/** The learner's newest session in a dispatch; undefined: the first launch. */
export async function newestSession(
  client: pg.ClientBase,
  dispatchId: string,
  learnerKey: string,
): Promise<SessionRow | undefined> {
  const { rows } = await client.query<SessionRow>(
    `select * from external_session where dispatch_id = $1 and learner_key = $2 and merged_into is null
     order by instance_number desc limit 1`,
    [dispatchId, learnerKey],
  );
  return rows[0];
}

/** Key under which a learner is known whose sessions were all merged into another's; undefined: nothing was merged. */
export async function keyMergedInto(
  client: pg.ClientBase,
  dispatchId: string,
  learnerKey: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ learner_key: string }>(
    `select kept.learner_key from external_session e join external_session kept on kept.id = e.merged_into
     where e.dispatch_id = $1 and e.learner_key = $2 order by e.instance_number desc limit 1`,
    [dispatchId, learnerKey],
  );
  return rows[0]?.learner_key;
}

/** Key of the session that a token names; undefined when the dispatch has none such. */
export async function keyOfToken(
  client: pg.ClientBase,
  dispatchId: string,
  instanceToken: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ learner_key: string }>(
    "select learner_key from external_session where dispatch_id = $1 and instance_token = $2",
    [dispatchId, instanceToken],
  );
  return rows[0]?.learner_key;
}

/** Whose session a launch goes on with or begins. */
export interface SessionOwner {
  readonly tenantId: string;
  readonly dispatchId: string;
  readonly destinationId: string;
  readonly deploymentId: string | null;
  /** As the learner is found again; not always the stored learner's own, see {@link keyMergedInto}. */
  readonly learnerKey: string;
  readonly learner: StoredLearner;
  readonly aicc: { readonly url: string; readonly sealedSid: string } | undefined;
  readonly test: boolean;
}

/** Begins a session. */
export async function beginSession(client: pg.ClientBase, owner: SessionOwner, now: Date): Promise<SessionRow> {
  const { learner } = owner;
  const { rows } = await client.query<SessionRow>(
    `insert into external_session (id, tenant_id, dispatch_id, destination_id, deployment_id, learner_key, learner_id, learner_name,
       learner_email, search_text, instance_number, instance_token, launch_count, launched_at, last_activity_at, aicc_url,
       sealed_aicc_sid, test, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
       (select coalesce(max(instance_number) + 1, 0) from external_session where dispatch_id = $3 and learner_key = $6),
       $11, 1, $12, $12, $13, $14, $15, $12)
     returning *`,
    [
      ...[uuidV7(), owner.tenantId, owner.dispatchId, owner.destinationId, owner.deploymentId, owner.learnerKey],
      ...[learner.id, learner.name, learner.email, searchTextOf(learner)],
      ...[`cmt1.${randomBytes(24).toString("base64url")}`, now],
      ...[owner.aicc?.url ?? null, owner.aicc?.sealedSid ?? null, owner.test],
    ],
  );
  return written(rows);
}

/**
 * Goes on with a session: notes the launch, where it came from, and what the host calls the learner now. What a host has not taken
 * is owed from the moment a host is there.
 */
export async function resumeSession(
  client: pg.ClientBase,
  session: SessionRow,
  owner: SessionOwner,
  now: Date,
): Promise<SessionRow> {
  const { learner } = owner;
  const { rows } = await client.query<SessionRow>(
    `update external_session set launch_count = launch_count + 1, launched_at = $2, last_activity_at = greatest(last_activity_at, $2),
       deployment_id = coalesce($3, deployment_id), learner_name = case when $4 = '' then learner_name else $4 end,
       learner_email = case when $5 = '' then learner_email else $5 end, search_text = $6,
       aicc_url = $7, sealed_aicc_sid = $8,
       acknowledgement = case when acknowledgement = ${Acknowledgement.NOTHING} and $3::uuid is not null
         and result_sequence > acknowledged_sequence then ${Acknowledgement.PENDING} else acknowledgement end
     where id = $1 returning *`,
    [
      ...[session.id, now, owner.deploymentId, learner.name, learner.email, searchTextOf(learner)],
      // A launch by link leaves the host's own session as it is.
      ...(owner.deploymentId === null
        ? [session.aicc_url, session.sealed_aicc_sid]
        : [owner.aicc?.url ?? null, owner.aicc?.sealedSid ?? null]),
    ],
  );
  return written(rows);
}

function searchTextOf({ id, name, email }: StoredLearner): string {
  return [id, name, email].join("\n").toLowerCase();
}

function written(rows: readonly SessionRow[]): SessionRow {
  const [row] = rows;
  if (row === undefined) throw new Error("the session was not written");
  return row;
}
