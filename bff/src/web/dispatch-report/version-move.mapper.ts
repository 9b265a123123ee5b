import type { MessageInitShape } from "@bufbuild/protobuf";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  type VersionMove,
  VersionMoveGroup,
  type VersionMoveImpact,
  type VersionMovePlanSchema,
  VersionMoveState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import type {
  VersionMoveImpactViewSchema,
  VersionMovePlanView,
  VersionMoveViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { valuesOfTexts } from "../webhook/value-of-text.ts";

/** @throws FIELD_INVALID when there is none, or for a group that does not exist */
export function toMovePlan(plan: VersionMovePlanView | undefined): MessageInitShape<typeof VersionMovePlanSchema> {
  if (plan === undefined) throw fieldInvalid("plan", "is required");
  return {
    courseId: plan.courseId,
    toCourseVersionId: plan.toVersionId,
    fromCourseVersionId: plan.fromVersionId,
    dispatchIds: plan.dispatchIds,
    groups: valuesOfTexts(VersionMoveGroup, plan.groups, "plan.groups"),
    restart: plan.restart,
  };
}

export function toImpactView(impact: VersionMoveImpact): MessageInitShape<typeof VersionMoveImpactViewSchema> {
  return {
    registrationCount: impact.registrationCount,
    groups: impact.groups.map(({ group, registrationCount, restartCount }) => ({
      group: textOfEnum(VersionMoveGroup, group),
      registrationCount,
      restartCount,
    })),
    lostActivityIds: impact.lostActivityIds,
    openSessionCount: impact.openSessionCount,
  };
}

export function toMoveView(move: VersionMove): MessageInitShape<typeof VersionMoveViewSchema> {
  const { id, plan, sharePercent, state, impact, movedCount, revertedCount, createdBy, createTime, updateTime } = move;
  return {
    ...{ id, sharePercent, movedCount, revertedCount, createdBy },
    state: textOfEnum(VersionMoveState, state),
    createTime: millisOf(createTime),
    updateTime: millisOf(updateTime),
    ...(impact && { impact: toImpactView(impact) }),
    ...(plan && {
      plan: {
        courseId: plan.courseId,
        toVersionId: plan.toCourseVersionId,
        fromVersionId: plan.fromCourseVersionId,
        dispatchIds: plan.dispatchIds,
        groups: plan.groups.map((group) => textOfEnum(VersionMoveGroup, group)),
        restart: plan.restart,
      },
    }),
  };
}
