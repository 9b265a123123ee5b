import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { LearnerService } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import { learnerMessage } from "./learner.mapper.ts";
import type { LearnerRepository } from "./learner.repository.ts";

export function learnerRpc(learners: LearnerRepository): ServiceImpl<typeof LearnerService> {
  return {
    async getLearner({ id }, context) {
      const { learner, registrationCount } = await learners.require(organizationOf(context), id);
      return { learner: learnerMessage(learner, registrationCount) };
    },

    async listLearners({ page, query }, context) {
      const organizationId = organizationOf(context);
      const list = `learners ${query}`;
      const start = readPageRequest(page, list);
      const found = await learners.list(organizationId, query, start);
      const { rows, nextPageToken } = cutPage(found, start, list, ({ learner }) => [
        learner.activeAt.toISOString(),
        learner.id,
      ]);
      const total = page?.withTotal ? await learners.count(organizationId, query) : undefined;
      return {
        learners: rows.map(({ learner, registrationCount }) => learnerMessage(learner, registrationCount)),
        page: { nextPageToken, ...(total !== undefined && { total }) },
      };
    },

    async updateLearner({ learner }, context) {
      if (learner === undefined) throw fieldInvalid("learner", "is missing");
      const { id, firstName, lastName, email } = learner;
      const updated = await learners.update(organizationOf(context), { externalId: id, firstName, lastName, email });
      return { learner: learnerMessage(updated.learner, updated.registrationCount) };
    },
  };
}
