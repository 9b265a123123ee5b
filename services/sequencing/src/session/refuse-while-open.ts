import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type pg from "pg";
import type { Catalog, PreparedCourse } from "../catalog/catalog.ts";
import { sessionActive } from "../errors.ts";
import { type ObjectiveScope, WHOLE_ORGANIZATION } from "../global-objective/global-objective.repository.ts";
import { sessionsOfLearner } from "./session.repository.ts";

/** States in which a learner is in a session. */
const open: readonly SessionStatus[] = [SessionStatus.ACTIVE, SessionStatus.WAITING];

/**
 * Refuses to change by hand what a session under way may have read.
 * @param uses whether a course uses it at all
 * @throws SESSION_ACTIVE
 */
export async function refuseWhileOpen(
  client: pg.ClientBase,
  catalog: Catalog,
  { organizationId, learnerId, scope }: ObjectiveScope,
  uses: (course: PreparedCourse) => boolean,
): Promise<void> {
  for (const session of await sessionsOfLearner(client, organizationId, learnerId, open)) {
    if (scope !== WHOLE_ORGANIZATION && scope !== session.instanceId) continue;
    if (uses(await catalog.course(organizationId, session.courseVersionId))) {
      throw sessionActive({ instance_id: session.instanceId });
    }
  }
}
