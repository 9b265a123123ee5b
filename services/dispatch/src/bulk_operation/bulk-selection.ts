import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { BulkCreate, DispatchSelection } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { tagKeysOf } from "../search/search-keys.ts";

/** Lays down what an operation goes through, as it is now. Answers how many there are. */
export type Plan = (client: pg.ClientBase, tenantId: string, operationId: string) => Promise<number>;

/**
 * Every dispatch that is selected; one that is named and not there is gone through as well, to say so.
 * @throws FIELD_INVALID when nothing is selected
 */
export function selectedDispatches(selection: DispatchSelection | undefined): Plan {
  const { dispatchIds = [], destinationId = "", courseId = "", tags = [], all = false } = selection ?? {};
  if (dispatchIds.length + tags.length === 0 && destinationId === "" && courseId === "" && !all)
    throw fieldInvalid("selection", "must say which dispatches are meant");
  return async (client, tenantId, operationId) => {
    const { rowCount } = await client.query(
      `insert into bulk_result (bulk_operation_id, position, tenant_id, dispatch_id, course_id, destination_id)
       select $1, row_number() over (order by created_at nulls last, id), $2, id, coalesce(course_id::text, ''), coalesce(destination_id::text, '')
       from (
         select d.id, d.course_id, d.destination_id, d.created_at from dispatch d where d.tenant_id = $2
           and (cardinality($3::uuid[]) = 0 or d.id = any($3)) and ($4::uuid is null or d.destination_id = $4)
           and ($5::uuid is null or d.course_id = $5) and (cardinality($6::text[]) = 0 or d.tag_keys && $6)
         union all
         select wanted.id, null, null, null from unnest($3::uuid[]) wanted (id)
           where not exists (select from dispatch d where d.tenant_id = $2 and d.id = wanted.id)
       ) meant`,
      [operationId, tenantId, dispatchIds, destinationId || null, courseId || null, tagKeysOf(tags)],
    );
    return rowCount ?? 0;
  };
}

/** Every course for every destination. @throws COURSE_NOT_FOUND, DESTINATION_NOT_FOUND */
export async function wantedDispatches(
  clients: Clients,
  tenantId: string,
  { courseIds, destinationIds }: BulkCreate,
): Promise<Plan> {
  const { courses } = await runAs(serviceCaller("dispatch", tenantId), () =>
    clients.of(CourseService).batchGetCourses({ ids: courseIds }),
  );
  const known = new Set(courses.map(({ id }) => id));
  const absent = courseIds.find((id) => !known.has(id.toLowerCase()));
  if (absent !== undefined) throw errors.courseNotFound({ id: absent });
  return async (client, _, operationId) => {
    const { rows } = await client.query<{ id: string }>(
      `select wanted.id from unnest($2::uuid[]) wanted (id)
       where not exists (select from destination s where s.tenant_id = $1 and s.id = wanted.id) limit 1`,
      [tenantId, destinationIds],
    );
    if (rows[0]) throw errors.destinationNotFound({ id: rows[0].id });
    const { rowCount } = await client.query(
      `insert into bulk_result (bulk_operation_id, position, tenant_id, course_id, destination_id)
       select $1, row_number() over (order by s.position, c.position), $2, c.id, s.id
       from unnest($3::uuid[]) with ordinality c (id, position), unnest($4::uuid[]) with ordinality s (id, position)`,
      [operationId, tenantId, courseIds, destinationIds],
    );
    return rowCount ?? 0;
  };
}
