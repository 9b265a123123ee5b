import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import {
  type CustomerUsage,
  CustomerUsageSchema,
  type UsageReportService,
} from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { sortedCourses, withFigures } from "../course-report/list-courses.ts";
import { destinationNotFound } from "../errors.ts";
import { presentEntities, presentEntity } from "../figures/entities.ts";
import { timelineOf } from "../figures/figures.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { type GroupSums, groupFigures, groupSums } from "../figures/grouped-figures.ts";
import { pageOf, sortGroups } from "../figures/report-order.ts";
import { type Scope, scopeOf } from "../figures/scope.ts";
import { noMeasures } from "../fold/measures.ts";
import { type Range, readPeriod } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import { snapshot } from "../store/snapshot.ts";
import { contactsOf } from "./contacts.ts";
import { organizationUsage } from "./organization-usage.ts";

/** Destinations with what they are called and what they add up to, most launches first. */
export async function sortedCustomers(client: pg.ClientBase, scope: Scope, range: Range, query: string) {
  const sums = new Map((await groupSums(client, scope, range, "destination_id")).map((group) => [group.key, group]));
  const present = await presentEntities(client, scope.tenantId, "destination");
  const wanted = present.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  return sortGroups(
    wanted.map(({ id, name }) => ({
      name,
      sums: sums.get(id) ?? { key: id, happened: noMeasures(), standing: noMeasures() },
    })),
    ReportOrder.LAUNCHES_DESC,
    ({ name, sums: group }) => ({ ...group, name, lastActivity: 0 }),
  );
}

/** Use by some destinations. */
export async function customersWithFigures(
  client: pg.ClientBase,
  scope: Scope,
  range: Range,
  rows: readonly { readonly name: string; readonly sums: GroupSums }[],
): Promise<CustomerUsage[]> {
  const groups = rows.map(({ sums }) => sums);
  const figures = await groupFigures(client, scope, range, "destination_id", groups);
  const contacts = await contactsOf(
    client,
    scope.tenantId,
    range,
    groups.map(({ key }) => key),
  );
  return rows.map(({ name, sums: { key } }) => {
    const theirs = figures.get(key);
    const contact = contacts.get(key);
    return create(CustomerUsageSchema, {
      destinationId: key,
      name,
      ...(theirs && { figures: theirs }),
      refusals: contact?.refusals ?? 0n,
      downloads: contact?.downloads ?? 0n,
      ...(contact?.last && { lastContactTime: timestampFromDate(contact.last) }),
    });
  });
}

/** What customers and organizations use. */
export function usageReportRpc({ pool, now }: AnalyticsParts): ServiceImpl<typeof UsageReportService> {
  return {
    async listCustomerUsage({ page, period, filter, query }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      const scope = scopeOf(tenantId, filter);
      const list = JSON.stringify(["customer usage", tenantId, scope.values, scope.where, query]);
      const start = readPageRequest(page, list);
      return snapshot(pool(), tenantId, async (client) => {
        const all = await sortedCustomers(client, scope, range, query);
        const { rows, nextPageToken } = cutPage(pageOf(all, start), start, list, ({ sort }) => sort);
        return {
          customers: await customersWithFigures(client, scope, range, rows),
          page: { nextPageToken, ...(page?.withTotal && { total: BigInt(all.length) }) },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getCustomerUsage({ destinationId, period }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return snapshot(pool(), tenantId, async (client) => {
        const destination = await presentEntity(client, tenantId, "destination", destinationId);
        if (destination === undefined) throw destinationNotFound({ id: destinationId });
        const scope = scopeOf(tenantId, undefined, { destinationIds: [destination.id] });
        const [sums = { key: destination.id, happened: noMeasures(), standing: noMeasures() }] = await groupSums(
          client,
          scope,
          range,
          "destination_id",
        );
        const [customer] = await customersWithFigures(client, scope, range, [{ name: destination.name, sums }]);
        return {
          ...(customer && { customer }),
          points: await timelineOf(client, scope, await stepsOf(client, range)),
          courses: await withFigures(
            client,
            scope,
            range,
            await sortedCourses(client, scope, range, ReportOrder.LAUNCHES_DESC),
          ),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getOrganizationUsage({ period }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return snapshot(pool(), tenantId, async (client) => ({
        usage: await organizationUsage(client, tenantId, range),
        freshness: await freshnessOf(client, tenantId),
      }));
    },

    async listOrganizationUsage({ page, period, query }) {
      const range = readPeriod(period, now());
      const list = JSON.stringify(["organization usage", query]);
      const start = readPageRequest(page, list);
      // Organizations' names come from their own events; each is read as itself.
      const { rows: all } = await inSystem(pool(), (client) =>
        client.query<{ tenant_id: string; name: string }>(
          `select tenant_id, name from entity where kind = 'organization' and id = tenant_id and not deleted
             and strpos(lower(name), lower($1)) > 0 order by name collate "C", tenant_id`,
          [query],
        ),
      );
      const sorted = all.map((row) => ({ ...row, sort: [row.name, row.tenant_id] as const }));
      const { rows, nextPageToken } = cutPage(pageOf(sorted, start), start, list, ({ sort }) => sort);
      const usages = [];
      for (const { tenant_id: tenantId } of rows)
        usages.push(await snapshot(pool(), tenantId, (client) => organizationUsage(client, tenantId, range)));
      return {
        usages,
        page: { nextPageToken, ...(page?.withTotal && { total: BigInt(all.length) }) },
        freshness: { asOf: timestampFromDate(now()), partial: false },
      };
    },
  };
}
