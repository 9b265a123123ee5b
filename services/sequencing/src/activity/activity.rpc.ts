import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { ActivityService } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { explainActivity } from "@coursemesh/scorm/sequencing/explain/explain-activity.ts";
import { textsFor } from "@coursemesh/scorm/sequencing/explain/texts-for.ts";
import { activityNotFound } from "../errors.ts";
import { type ReaderDeps, sessionAt } from "../step/moment.ts";
import { toldSteps } from "../step/told-steps.ts";
import { activityNodes, editions } from "./activity-nodes.ts";
import { decisionMessage } from "./decision.mapper.ts";

/** The activity tree of an instance, for people. */
export function activityRpc(deps: ReaderDeps): ServiceImpl<typeof ActivityService> {
  return {
    async getActivityTree({ instanceId, stepId, locale }, context) {
      const { session, status, now, course } = await sessionAt(deps, organizationOf(context), instanceId, stepId);
      return { status, activities: activityNodes(session, now, locale), edition: editions[course.index.tree.edition] };
    },

    async explainActivity({ instanceId, activityId, stepId, locale }, context) {
      const organizationId = organizationOf(context);
      const { session, revision, now } = await sessionAt(deps, organizationId, instanceId, stepId);
      const activity = session.course.byIdentifier.get(activityId);
      if (activity === undefined) throw activityNotFound({ activity_id: activityId });
      const steps = await inTenant(deps.pool(), organizationId, (client) => toldSteps(client, instanceId, revision));
      const story = { session, steps, texts: textsFor(locale) };
      const { summary, decisions } = explainActivity(story, activity, { now, random: () => 0 });
      return { summary, decisions: decisions.map(decisionMessage) };
    },
  };
}
