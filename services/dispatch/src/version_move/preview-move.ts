import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  VersionMoveGroup,
  VersionMoveGroupImpactSchema,
  type VersionMoveImpact,
  VersionMoveImpactSchema,
  type VersionMovePlan,
} from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import { requireCourse, requireVersionOf } from "../dispatch/course-of.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { AFFECTED, affectedParameters } from "./affected-sessions.ts";
import { differenceOf, outlineOf } from "./course-versions.ts";

/** A learner who was heard of within two minutes has the course open. */
const OPEN_SECONDS = 120;
/** Activities that are named; a list of more says nothing more. */
const MOST_LOST = 500;

interface GroupRow {
  readonly group: VersionMoveGroup;
  readonly version: string;
  readonly sessions: number;
  readonly open: number;
}

/**
 * What a move would touch. Changes nothing.
 * @throws COURSE_NOT_FOUND, COURSE_VERSION_NOT_FOUND, DISPATCH_NOT_FOUND, FIELD_INVALID
 */
export async function previewMove(
  { pool, clients, now }: DispatchParts,
  tenantId: string,
  plan: VersionMovePlan | undefined,
): Promise<VersionMoveImpact> {
  if (plan === undefined) throw fieldInvalid("plan", "is required");
  await requireCourse(clients, tenantId, plan.courseId);
  await requireVersionOf(clients, tenantId, plan.courseId, plan.toCourseVersionId);
  const rows = await inTenant(pool(), tenantId, async (client) => {
    const known = await client.query<{ id: string }>(
      "select id from dispatch where tenant_id = $1 and course_id = $2 and id = any($3::uuid[])",
      [tenantId, plan.courseId, plan.dispatchIds],
    );
    const missing = plan.dispatchIds.find((id) => !known.rows.some((row) => row.id === id.toLowerCase()));
    if (missing !== undefined) throw errors.dispatchNotFound({ id: missing });
    const counted = await client.query<GroupRow>(
      `select "group", course_version_id as version, count(*)::int as sessions,
         count(*) filter (where last_activity_at > $7::timestamptz - make_interval(secs => ${OPEN_SECONDS}))::int as open
       from (${AFFECTED}) affected group by 1, 2`,
      [...affectedParameters(tenantId, plan), now()],
    );
    return counted.rows;
  });

  const to = await outlineOf(clients, tenantId, plan.toCourseVersionId);
  const versions = [...new Set(rows.map(({ version }) => version))];
  const differences = new Map(
    await Promise.all(
      versions.map(
        async (version) => [version, differenceOf(await outlineOf(clients, tenantId, version), to)] as const,
      ),
    ),
  );
  const restarts = ({ group, version, sessions }: GroupRow): number =>
    group !== VersionMoveGroup.NOT_STARTED && (plan.restart || !differences.get(version)?.keepsProgress) ? sessions : 0;
  const groups = [...new Set(rows.map(({ group }) => group))].toSorted((one, other) => one - other);
  const lost = [...differences.values()].flatMap(({ lostActivityIds }) => lostActivityIds);
  return create(VersionMoveImpactSchema, {
    registrationCount: BigInt(sum(rows, ({ sessions }) => sessions)),
    groups: groups.map((group) => {
      const own = rows.filter((row) => row.group === group);
      return create(VersionMoveGroupImpactSchema, {
        group,
        registrationCount: BigInt(sum(own, ({ sessions }) => sessions)),
        restartCount: BigInt(sum(own, restarts)),
      });
    }),
    lostActivityIds: [...new Set(lost)].slice(0, MOST_LOST),
    openSessionCount: BigInt(sum(rows, ({ open }) => open)),
  });
}

function sum<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((total, row) => total + count(row), 0);
}
