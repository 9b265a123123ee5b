import type { ReportFilter } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";

/** Which registrations a figure covers, and where its sums are read. */
export interface Scope {
  readonly tenantId: string;
  /** Level of the roll-up that can answer; undefined: only facts can. */
  readonly level: 0 | 1 | 2 | undefined;
  readonly courseIds: readonly string[];
  /** Condition on a row's dimensions, called `r`; the values go on from `$2`. */
  readonly where: string;
  /** Condition on a row of `registration_fact`, called `r`; the same values. */
  readonly whereRegistration: string;
  readonly values: readonly unknown[];
}

/** Tags of the registration, or of its course. */
const tagged = (place: string): string =>
  `(r.tags && ${place}::text[] or r.course_id in (
     select e.id from entity e where e.tenant_id = r.tenant_id and e.kind = 'course' and e.tags && ${place}::text[] and not e.deleted))`;

/** Reads a filter; all that is set must hold. */
export function scopeOf(tenantId: string, filter: ReportFilter | undefined, more: Partial<ReportFilter> = {}): Scope {
  const given = { ...filter, ...more };
  const values: unknown[] = [];
  const conditions: string[] = [];
  const narrow = (column: string, type: string, wanted: readonly string[] | undefined): boolean => {
    if (!wanted?.length) return false;
    values.push(wanted);
    conditions.push(`r.${column} = any($${values.length + 1}::${type}[])`);
    return true;
  };
  const byCourse = narrow("course_id", "uuid", given.courseIds);
  const deeper = [
    narrow("course_version_id", "uuid", given.courseVersionIds),
    narrow("destination_id", "uuid", given.destinationIds),
    narrow("dispatch_id", "uuid", given.dispatchIds),
    narrow("source", "text", given.sources),
  ].includes(true);
  const dimensions = [...conditions];
  const ofRegistrations = [...conditions];
  if (given.learnerIds?.length) {
    values.push(given.learnerIds);
    const place = `$${values.length + 1}::text[]`;
    dimensions.push(`r.learner_no in (select number from learner where tenant_id = $1 and learner_id = any(${place}))`);
    ofRegistrations.push(`r.learner_id = any(${place})`);
  }
  if (given.tags?.length) {
    values.push(given.tags);
    const condition = tagged(`$${values.length + 1}`);
    ofRegistrations.push(condition);
    dimensions.push(
      `r.registration_id in (select r.registration_id from registration_fact r where r.tenant_id = $1 and ${condition})`,
    );
  }
  const only = given.learnerIds?.length || given.tags?.length;
  const all = (list: readonly string[]): string => (list.length > 0 ? list.join(" and ") : "true");
  return {
    tenantId,
    level: only ? undefined : deeper ? 2 : byCourse ? 1 : 0,
    courseIds: given.courseIds ?? [],
    where: all(dimensions),
    whereRegistration: all(ofRegistrations),
    values,
  };
}
