import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type pg from "pg";

/** A learner's newest instance as a customer sees it. */
export interface LearnerRow {
  readonly id: string;
  readonly learner_id: string;
  readonly learner_name: string;
  readonly completion: Completion;
  readonly success: Success;
  readonly score_raw: number | null;
  readonly total_seconds: string;
  readonly last_activity_at: Date;
}

/** Learners of dispatches, last active first, one more than asked for. Who was counted twice and merged is there once. */
export async function listReportLearners(
  client: pg.ClientBase,
  dispatchIds: readonly string[],
  { after, limit }: PageStart,
): Promise<LearnerRow[]> {
  const { rows } = await client.query<LearnerRow>(
    `select * from (
       select distinct on (e.dispatch_id, e.learner_key) e.* from external_session e join dispatch d on d.id = e.dispatch_id
       where e.dispatch_id = any($1::uuid[]) and d.tracking_enabled and not e.test and e.merged_into is null
       order by e.dispatch_id, e.learner_key, e.instance_number desc
     ) newest
     where $2::timestamptz is null or (last_activity_at, id) < ($2, $3::uuid)
     order by last_activity_at desc, id desc limit $4`,
    [dispatchIds, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows;
}

export const learnerKeys = ({ last_activity_at, id }: LearnerRow): PageKeys => [last_activity_at.toISOString(), id];
