import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { LearnerReportService } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import {
  FigureKind,
  ListRegistrationFactsRequestSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { learnerNotFound } from "../errors.ts";
import { factQuery } from "../facts/fact-query.ts";
import { readFacts, toRegistrationFacts } from "../facts/read-facts.ts";
import { figuresOf, timelineOf } from "../figures/figures.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { scopeOf } from "../figures/scope.ts";
import { readPeriod } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import { snapshot } from "../store/snapshot.ts";
import { pageOfLearners, sortKeysOf, withLearnerFigures } from "./list-learners.ts";

const MOST_REGISTRATIONS = 500;

/** Reports on learners of the caller's organization. */
export function learnerReportRpc({ pool, now }: AnalyticsParts): ServiceImpl<typeof LearnerReportService> {
  return {
    async listLearnerReports({ page, period, filter, query, order }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      const scope = scopeOf(tenantId, filter);
      const list = JSON.stringify(["learner reports", tenantId, scope.values, scope.where, query, order]);
      const start = readPageRequest(page, list);
      return snapshot(pool(), tenantId, async (client) => {
        const found = await pageOfLearners(client, { scope, range, query, order }, start);
        const { rows, nextPageToken } = cutPage(found.rows, start, list, sortKeysOf(order));
        return {
          learners: await withLearnerFigures(client, scope, range, rows),
          page: { nextPageToken, ...(page?.withTotal && { total: BigInt(await found.count()) }) },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getLearnerReport({ learnerId, period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return snapshot(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ learner_id: string; name: string; last_active_at: Date | null }>(
          "select learner_id, name, last_active_at from learner where tenant_id = $1 and learner_id = $2",
          [tenantId, learnerId],
        );
        const learner = rows[0];
        if (learner === undefined) throw learnerNotFound({ id: learnerId });
        const scope = scopeOf(tenantId, filter, { learnerIds: [learnerId] });
        const [figures] = await figuresOf(client, scope, [range]);
        const registered = create(ListRegistrationFactsRequestSchema, { figure: FigureKind.REGISTERED });
        const facts = await readFacts(client, factQuery(scope, range, registered), undefined, MOST_REGISTRATIONS);
        return {
          learner: {
            learnerId,
            name: learner.name,
            ...(figures && { figures }),
            ...(learner.last_active_at && { lastActivityTime: timestampFromDate(learner.last_active_at) }),
          },
          points: await timelineOf(client, scope, await stepsOf(client, range)),
          registrations: facts.map(toRegistrationFacts),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },
  };
}
