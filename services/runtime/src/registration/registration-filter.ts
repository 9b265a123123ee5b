import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import type { RegistrationFilter } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** Conditions of a query with the values they name by `$n`. */
export interface Conditions {
  readonly values: unknown[];
  /** Adds a value and answers its name. */
  value(value: unknown): string;
  readonly sql: string[];
}

export function conditions(): Conditions {
  const values: unknown[] = [];
  return { values, sql: [], value: (value) => `$${values.push(value)}` };
}

/**
 * The registrations (`r`) of an organization that a filter means. Previews are never among them.
 * The tenant is named although row-level security names it too: only so may indexes be used.
 */
export function filterConditions(organizationId: string, filter: RegistrationFilter | undefined): Conditions {
  const where = conditions();
  where.sql.push(`r.tenant_id = ${where.value(organizationId)}`, "not r.preview");
  if (filter === undefined) return where;
  if (filter.courseId) where.sql.push(`r.course_id = ${where.value(filter.courseId)}`);
  if (filter.courseVersionId) where.sql.push(`r.course_version_id = ${where.value(filter.courseVersionId)}`);
  if (filter.learnerId) {
    const learner = where.value(filter.learnerId);
    where.sql.push(`r.learner_id = (select id from learner where tenant_id = $1 and external_id = ${learner})`);
  }
  if (filter.query) {
    const pattern = where.value(likePattern(filter.query));
    where.sql.push(
      `(lower(r.external_id) like ${pattern} or r.learner_id in (select id from learner where tenant_id = $1 and ${learnerMatches(pattern)}))`,
    );
  }
  if (filter.completions.length > 0)
    where.sql.push(`r.completion = any(${where.value(filter.completions)}::smallint[])`);
  if (filter.successes.length > 0) where.sql.push(`r.success = any(${where.value(filter.successes)}::smallint[])`);
  if (filter.launched !== undefined) where.sql.push(`r.first_launched_at is ${filter.launched ? "not " : ""}null`);
  if (filter.tags.length > 0) where.sql.push(`r.tags @> ${where.value(filter.tags)}::text[]`);
  const moment = (column: string, operator: string, time: Timestamp | undefined): void => {
    if (time) where.sql.push(`${column} ${operator} ${where.value(timestampDate(time))}`);
  };
  moment("r.created_at", ">=", filter.createdSince);
  moment("r.created_at", "<", filter.createdUntil);
  moment("r.updated_at", ">=", filter.updatedSince);
  moment("r.updated_at", "<", filter.updatedUntil);
  return where;
}

/** A LIKE pattern for texts that contain this one, whatever its case. */
export function likePattern(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** Condition on a learner's name, address or id. @param pattern name of a value made by `likePattern`. */
export function learnerMatches(pattern: string): string {
  return `lower(first_name || ' ' || last_name || ' ' || first_name || ' ' || email || ' ' || external_id) like ${pattern}`;
}
