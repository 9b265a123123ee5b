import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { type DispatchHarness, owner } from "./dispatch-harness.ts";

/** A session as a test wants it to have gone. */
export interface Recorded {
  readonly learner: string;
  /** Times of its launches; the first began it. */
  readonly launches: readonly string[];
  readonly completion?: number;
  readonly success?: number;
  readonly score?: number;
  readonly seconds?: number;
  readonly finished?: string;
  readonly deployment?: string;
  readonly test?: boolean;
}

/** Writes sessions with their launches as if they had happened long ago. */
export async function record(
  harness: DispatchHarness,
  dispatch: Dispatch,
  sessions: readonly Recorded[],
): Promise<void> {
  for (const session of sessions) {
    const id = uuidV7();
    const [first = ""] = session.launches;
    await harness.sql(
      `insert into external_session (id, tenant_id, dispatch_id, destination_id, deployment_id, learner_key, learner_id, learner_name,
         instance_token, launched_at, last_activity_at, completion, success, score_raw, total_seconds, finished_at, test, created_at)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14, $15, $9)`,
      [
        ...[id, owner.organizationId, dispatch.id, dispatch.destinationId, session.deployment ?? null, session.learner],
        ...[
          `Learner ${session.learner}`,
          id,
          first,
          session.completion ?? 1,
          session.success ?? 0,
          session.score ?? null,
        ],
        ...[session.seconds ?? 0, session.finished ?? null, session.test ?? false],
      ],
    );
    for (const at of session.launches)
      await harness.sql(
        `insert into launch_exchange (id, tenant_id, dispatch_id, external_session_id, deployment_id, request_id, request_hash,
           kind, signing_key_id, code_hash, expires_at, created_at)
         values ($1, $2, $3, $4, $5, $6, '', 1, '', $7, $8, $8)`,
        [
          uuidV7(),
          owner.organizationId,
          dispatch.id,
          id,
          session.deployment ?? null,
          uuidV7(),
          Buffer.from(uuidV7()),
          at,
        ],
      );
  }
}

/** Writes a deployment; answers its id. */
export async function recordDeployment(harness: DispatchHarness, dispatch: Dispatch, domain: string): Promise<string> {
  const id = uuidV7();
  await harness.sql(
    `insert into deployment (id, tenant_id, dispatch_id, destination_id, lms_domain, lms_course_id, format, first_launch_at, last_activity_at)
     values ($1, $2, $3, $4, $5, '', 1, now(), now())`,
    [id, owner.organizationId, dispatch.id, dispatch.destinationId, domain],
  );
  return id;
}

/** Writes a refusal. */
export async function recordRefusal(harness: DispatchHarness, dispatch: Dispatch, at: string): Promise<void> {
  await harness.sql(
    "insert into refusal (id, tenant_id, dispatch_id, destination_id, reason, created_at) values ($1, $2, $3, $4, 2, $5)",
    [uuidV7(), owner.organizationId, dispatch.id, dispatch.destinationId, at],
  );
}
