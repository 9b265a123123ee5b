import { VersionMoveGroup, type VersionMovePlan } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** How far a session `e` is, as a VersionMoveGroup. */
const GROUP = `case when e.success = ${Success.PASSED} then ${VersionMoveGroup.PASSED}
  when e.success = ${Success.FAILED} then ${VersionMoveGroup.FAILED}
  when e.completion = ${Completion.COMPLETE} then ${VersionMoveGroup.COMPLETED}
  when e.completion in (0, ${Completion.NOT_ATTEMPTED}) then ${VersionMoveGroup.NOT_STARTED}
  else ${VersionMoveGroup.INCOMPLETE} end`;

/** A session that a plan moves. */
export interface AffectedRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly registration_id: string;
  readonly instance_id: string;
  readonly course_version_id: string;
  readonly group: VersionMoveGroup;
  readonly last_activity_at: Date;
}

/**
 * The newest session of each learner that a plan moves, by `$1` organization, `$2` course, `$3` dispatches or null for all, `$4` version to,
 * `$5` version from or null for any other, `$6` groups or null for all.
 */
export const AFFECTED = `select newest.* from (
    select distinct on (e.dispatch_id, e.learner_key) e.id, e.tenant_id, e.registration_id, e.instance_id, e.course_version_id,
      e.last_activity_at, ${GROUP} as "group"
    from external_session e join dispatch d on d.id = e.dispatch_id
    where d.tenant_id = $1 and d.course_id = $2 and ($3::uuid[] is null or d.id = any($3)) and not e.test and e.merged_into is null
    order by e.dispatch_id, e.learner_key, e.instance_number desc
  ) newest
  where newest.registration_id is not null and newest.instance_id is not null and newest.course_version_id <> $4::uuid
    and ($5::uuid is null or newest.course_version_id = $5) and ($6::int[] is null or newest."group" = any($6))`;

/** Parameters of {@link AFFECTED}. */
export function affectedParameters(tenantId: string, plan: VersionMovePlan): unknown[] {
  return [
    tenantId,
    plan.courseId,
    plan.dispatchIds.length === 0 ? null : plan.dispatchIds,
    plan.toCourseVersionId,
    plan.fromCourseVersionId || null,
    plan.groups.length === 0 ? null : plan.groups,
  ];
}

/**
 * Whether a session is in the first so many of a hundred of a move. It depends on move and session alone, so that a wider share holds all of a
 * narrower one. @param share parameters with the move's id and the share, for instance `$7` and `$8`
 */
export const inShare = (moveId: string, share: string): string =>
  `('x' || substr(md5(${moveId}::text || newest.id::text), 1, 8))::bit(32)::bigint % 100 < ${share}::int`;
