import { create } from "@bufbuild/protobuf";
import {
  type OrganizationUsage,
  OrganizationUsageSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import type pg from "pg";
import { figuresOf } from "../figures/figures.ts";
import { scopeOf } from "../figures/scope.ts";
import type { Range } from "../period/read-period.ts";

interface CountsRow {
  readonly name: string | null;
  readonly courses: string;
  readonly dispatches: string;
  readonly members: string;
  readonly bytes: string;
  readonly statements: string;
  readonly deliveries: string;
}

/** What an organization used: happenings in the range, and what it has now. */
export async function organizationUsage(
  client: pg.ClientBase,
  tenantId: string,
  range: Range,
): Promise<OrganizationUsage> {
  const [figures] = await figuresOf(client, scopeOf(tenantId, undefined), [range]);
  const count = (kind: string): string =>
    `(select count(*) from entity where tenant_id = $1 and kind = '${kind}' and not deleted)`;
  const happened = (kind: string): string =>
    `(select coalesce(sum(amount), 0) from occurrence where tenant_id = $1 and kind = '${kind}' and at >= $2 and at < $3)`;
  const { rows } = await client.query<CountsRow>(
    `select (select name from entity where tenant_id = $1 and kind = 'organization' and id = $1) as name,
       ${count("course")} as courses, ${count("dispatch")} as dispatches, ${count("member")} as members,
       (select coalesce(sum(v.size_bytes), 0) from entity v where v.tenant_id = $1 and v.kind = 'version' and not v.deleted and not exists (
          select 1 from entity c where c.tenant_id = $1 and c.kind = 'course' and c.id = v.parent_id and c.deleted)) as bytes,
       ${happened("statement")} as statements, ${happened("delivery")} as deliveries`,
    [tenantId, new Date(range.from), new Date(range.to)],
  );
  const row = rows[0];
  return create(OrganizationUsageSchema, {
    organizationId: tenantId,
    name: row?.name ?? "",
    activeLearners: figures?.activeLearners ?? 0n,
    newRegistrations: figures?.newRegistrations ?? 0n,
    launches: figures?.launches ?? 0n,
    courses: BigInt(row?.courses ?? 0),
    dispatches: BigInt(row?.dispatches ?? 0),
    members: BigInt(row?.members ?? 0),
    storageBytes: BigInt(row?.bytes ?? 0),
    statements: BigInt(row?.statements ?? 0),
    deliveries: BigInt(row?.deliveries ?? 0),
  });
}
