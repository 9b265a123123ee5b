import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type DispatchSummary, DispatchSummarySchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type pg from "pg";
import { toUsage, usageOfDispatches } from "../licence/licence-usage.ts";
import type { PlainDispatchRow } from "./dispatch-row.ts";
import { UNACKNOWLEDGED } from "./unacknowledged.ts";

interface Counts {
  readonly id: string;
  readonly deployments: number;
  readonly learners: string;
  readonly completions: string;
  readonly unacknowledged: string;
}

/** Sessions that count: not those tried out, and of merged ones the one that is left. */
const COUNTED = "not e.test and e.merged_into is null";

/** Figures of dispatches by their id. */
export async function dispatchSummaries(
  client: pg.ClientBase,
  dispatches: readonly PlainDispatchRow[],
  now: Date,
): Promise<ReadonlyMap<string, DispatchSummary>> {
  const ids = dispatches.map(({ id }) => id);
  const { rows } = await client.query<Counts>(
    `select d.id,
       (select count(*)::int from deployment p where p.dispatch_id = d.id and not p.suspended) as deployments,
       (select count(distinct e.learner_key) from external_session e where e.dispatch_id = d.id and ${COUNTED}) as learners,
       (select count(*) from external_session e
        where e.dispatch_id = d.id and ${COUNTED} and e.completion = ${Completion.COMPLETE}) as completions,
       (select count(*) from external_session e where e.dispatch_id = d.id and ${UNACKNOWLEDGED}) as unacknowledged
     from dispatch d where d.id = any($1::uuid[])`,
    [ids],
  );
  const counts = new Map(rows.map((row) => [row.id, row]));
  const usages = await usageOfDispatches(client, ids, now);
  const summaryOf = (row: PlainDispatchRow): DispatchSummary => {
    const own = counts.get(row.id);
    const usage = usages.get(row.id);
    return create(DispatchSummarySchema, {
      ...(usage && { usage: toUsage(usage, now) }),
      downloadCount: BigInt(row.download_count),
      activeDeploymentCount: own?.deployments ?? 0,
      launchCount: usage?.launch_count ?? 0n,
      uniqueLearnerCount: BigInt(own?.learners ?? 0),
      completionCount: BigInt(own?.completions ?? 0),
      unacknowledgedCount: BigInt(own?.unacknowledged ?? 0),
      ...(row.first_launch_at && { firstLaunchTime: timestampFromDate(row.first_launch_at) }),
      ...(row.last_launch_at && { lastLaunchTime: timestampFromDate(row.last_launch_at) }),
    });
  };
  return new Map(dispatches.map((row) => [row.id, summaryOf(row)]));
}

/** Registrations of a dispatch by the course version of their newest instance. */
export async function registrationsByVersion(
  client: pg.ClientBase,
  dispatchId: string,
): Promise<Record<string, bigint>> {
  const { rows } = await client.query<{ version: string; count: string }>(
    `select version, count(*) as count from (
       select distinct on (e.learner_key) e.course_version_id as version from external_session e
       where e.dispatch_id = $1 and ${COUNTED} and e.registration_id is not null
       order by e.learner_key, e.instance_number desc
     ) newest where version is not null group by version`,
    [dispatchId],
  );
  return Object.fromEntries(rows.map(({ version, count }) => [version, BigInt(count)]));
}
