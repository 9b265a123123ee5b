import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { RegistrationFactsService } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { scopeOf } from "../figures/scope.ts";
import { readPeriod } from "../period/read-period.ts";
import { snapshot } from "../store/snapshot.ts";
import { factQuery } from "./fact-query.ts";
import { countFacts, factKeys, readFacts, toRegistrationFacts } from "./read-facts.ts";

/** The registrations behind a number. */
export function registrationFactsRpc({ pool, now }: AnalyticsParts): ServiceImpl<typeof RegistrationFactsService> {
  return {
    async listRegistrationFacts(request, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(request.period, now());
      const query = factQuery(scopeOf(tenantId, request.filter), range, request);
      // An open end moves on between pages; the list stays the same.
      const fixed = query.values.filter((value) => !(value instanceof Date && value.getTime() === range.to));
      const list = JSON.stringify(["registration facts", query.where, fixed]);
      const start = readPageRequest(request.page, list);
      return snapshot(pool(), tenantId, async (client) => {
        const found = await readFacts(client, query, start.after, start.limit + 1);
        const { rows, nextPageToken } = cutPage(found, start, list, factKeys);
        const total = request.page?.withTotal ? { total: await countFacts(client, query) } : {};
        return {
          registrations: rows.map(toRegistrationFacts),
          page: { nextPageToken, ...total },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },
  };
}
