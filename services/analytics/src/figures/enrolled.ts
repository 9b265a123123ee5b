import type pg from "pg";
import { MERGED_MEMBERS, type MergedMembers, union } from "../store/member-set.ts";

/** How many learners are registered for any of these courses, each counted once. */
export async function countEnrolled(
  client: pg.ClientBase,
  tenantId: string,
  courseIds: readonly string[],
): Promise<number> {
  const learners = union();
  const { rows } = await client.query<MergedMembers & { part: number }>(
    `select part, ${MERGED_MEMBERS} from enrolled_set where tenant_id = $1 and course_id = any($2::uuid[]) group by part`,
    [tenantId, courseIds],
  );
  for (const { part, ...members } of rows) learners.add(part, members);
  return learners.size;
}
