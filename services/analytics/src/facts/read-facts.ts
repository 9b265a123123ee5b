import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type RegistrationFacts,
  RegistrationFactsSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import type { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type pg from "pg";
import { NIL } from "../fold/folded.ts";
import { SCORE_UNIT } from "../fold/measures.ts";
import type { FactQuery } from "./fact-query.ts";

/** A row of `registration_fact` with the names of what it refers to. */
export interface RegistrationFactRow {
  readonly registration_id: string;
  readonly learner_id: string;
  readonly learner_name: string | null;
  readonly course_id: string;
  readonly course_title: string | null;
  readonly course_version_id: string;
  readonly destination_id: string;
  readonly dispatch_id: string;
  readonly completion: number;
  readonly success: number;
  readonly score: string | null;
  readonly progress: number;
  readonly wall_ms: string;
  readonly active_ms: string;
  readonly reported_ms: string;
  readonly attempt_count: number;
  readonly launch_count: number;
  readonly first_launch_at: Date | null;
  readonly last_active_at: Date | null;
  readonly completed_at: Date | null;
  readonly last_activity_id: string;
  readonly touched_at: Date;
}

/** Keys of a row in the order of the list. */
export const factKeys = (row: RegistrationFactRow) => [row.touched_at.getTime(), row.registration_id] as const;

/** Rows behind another, last active first. */
export async function readFacts(
  client: pg.ClientBase,
  query: FactQuery,
  after: readonly (string | number)[] | undefined,
  limit: number,
): Promise<RegistrationFactRow[]> {
  const place = query.values.length;
  const behind = after
    ? `and (r.touched_at, r.registration_id) < ($${place + 2}::timestamptz, $${place + 3}::uuid)`
    : "";
  const { rows } = await client.query<RegistrationFactRow>(
    `select r.*, l.name as learner_name, e.name as course_title from (
       select * from registration_fact r where ${query.where} ${behind}
       order by r.touched_at desc, r.registration_id desc limit $${place + 1}
     ) r
     left join learner l on l.tenant_id = r.tenant_id and l.learner_id = r.learner_id
     left join entity e on e.tenant_id = r.tenant_id and e.kind = 'course' and e.id = r.course_id
     order by r.touched_at desc, r.registration_id desc`,
    [...query.values, limit, ...(after ? [new Date(Number(after[0])), after[1]] : [])],
  );
  return rows;
}

export async function countFacts(client: pg.ClientBase, query: FactQuery): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from registration_fact r where ${query.where}`,
    [...query.values],
  );
  return BigInt(rows[0]?.count ?? 0);
}

const idOf = (id: string): string => (id === NIL ? "" : id);

export function toRegistrationFacts(row: RegistrationFactRow): RegistrationFacts {
  const { first_launch_at: first, last_active_at: last, completed_at: completed, score } = row;
  return create(RegistrationFactsSchema, {
    registrationId: row.registration_id,
    courseId: row.course_id,
    courseTitle: row.course_title ?? "",
    courseVersionId: idOf(row.course_version_id),
    learnerId: row.learner_id,
    learnerName: row.learner_name ?? "",
    destinationId: idOf(row.destination_id),
    dispatchId: idOf(row.dispatch_id),
    result: {
      completion: row.completion as Completion,
      success: row.success as Success,
      ...(score !== null && { score: { scaled: Number(score) / SCORE_UNIT } }),
      totalSeconds: Number(row.reported_ms) / 1000,
      progress: row.progress,
      ...(first && { firstAccessTime: timestampFromDate(first) }),
      ...(last && { lastAccessTime: timestampFromDate(last) }),
    },
    time: { wallMs: BigInt(row.wall_ms), activeMs: BigInt(row.active_ms), reportedMs: BigInt(row.reported_ms) },
    attemptCount: row.attempt_count,
    launchCount: row.launch_count,
    ...(first && { firstLaunchTime: timestampFromDate(first) }),
    ...(last && { lastActivityTime: timestampFromDate(last) }),
    ...(completed && { completeTime: timestampFromDate(completed) }),
    lastActivityId: row.last_activity_id,
  });
}
