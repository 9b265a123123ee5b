import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  ProcessNavigationRequestSchema,
  SaveProgressRequestSchema,
  type SessionService,
  StartSessionRequestSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { openSession, type SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import { sessionNotFound } from "../errors.ts";
import { readNavigation } from "../step/navigation.mapper.ts";
import { readResult } from "../step/result.mapper.ts";
import type { StepAnswer } from "./answer.ts";
import { deleteLearner, deleteSession } from "./delete-sessions.ts";
import { outcomeMessage, sessionStateMessage } from "./session.mapper.ts";
import { findSession } from "./session.repository.ts";
import { type StepTakerDeps, stepTaker } from "./take-step.ts";

/** Sessions, as runtime asks for them. */
export function sessionRpc(deps: StepTakerDeps): ServiceImpl<typeof SessionService> {
  const { pool, catalog } = deps;
  const takeStep = stepTaker(deps);
  const response = (answer: StepAnswer) => ({ state: sessionStateMessage(answer), outcome: outcomeMessage(answer) });
  const millis = (now: Parameters<typeof timestampDate>[0] | undefined) =>
    now === undefined ? 0 : timestampDate(now).getTime();

  return {
    async startSession(request, context) {
      const { launchId, seq, instanceId, registrationId, learnerId, courseId, courseVersionId } = request;
      const target = request.targetActivityId;
      const answer = await takeStep(organizationOf(context), {
        ...{ launchId, seq, instanceId },
        requestHash: requestHash(StartSessionRequestSchema, request),
        asked: { kind: StepKind.START, now: millis(request.now), ...(target !== "" && { target }) },
        begin: { registrationId, learnerId, courseId, courseVersionId },
      });
      return response(answer);
    },

    async processNavigation(request, context) {
      const { launchId, seq, instanceId, navigation, result, now } = request;
      const answer = await takeStep(organizationOf(context), {
        ...{ launchId, seq, instanceId },
        requestHash: requestHash(ProcessNavigationRequestSchema, request),
        asked: {
          kind: StepKind.NAVIGATION,
          now: millis(now),
          ...readNavigation(navigation),
          ...readResult(result),
        },
      });
      return response(answer);
    },

    async saveProgress(request, context) {
      const { launchId, seq, instanceId, result, now } = request;
      const answer = await takeStep(organizationOf(context), {
        ...{ launchId, seq, instanceId },
        requestHash: requestHash(SaveProgressRequestSchema, request),
        asked: { kind: StepKind.PROGRESS, now: millis(now), ...readResult(result) },
      });
      return response(answer);
    },

    async getSession({ instanceId }, context) {
      const organizationId = organizationOf(context);
      const row = await inTenant(pool(), organizationId, (client) => findSession(client, organizationId, instanceId));
      if (row === undefined) throw sessionNotFound({ instance_id: instanceId });
      const { index } = await catalog.course(organizationId, row.courseVersionId);
      const session = openSession(index, JSON.parse(row.state) as SequencingState);
      return {
        state: sessionStateMessage({ ...row, session, now: row.steppedAt }),
        launchId: row.launchId,
        seq: row.lastSeq,
      };
    },

    async deleteSession({ instanceId }, context) {
      await deleteSession(pool(), organizationOf(context), instanceId);
      return {};
    },

    async deleteLearner({ learnerId }, context) {
      return { sessionsDeleted: BigInt(await deleteLearner(pool(), organizationOf(context), learnerId)) };
    },
  };
}
