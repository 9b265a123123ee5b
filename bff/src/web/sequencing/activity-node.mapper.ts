import type { MessageInitShape } from "@bufbuild/protobuf";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { ActivityNode } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import type { ObjectiveTracking } from "@coursemesh/proto/coursemesh/sequencing/v1/tracking_pb.ts";
import type {
  ActivityNodeSchema,
  ObjectiveViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";

/** An activity of the tree with its tracking and whether it may be chosen. */
export function toActivityNode(node: ActivityNode): MessageInitShape<typeof ActivityNodeSchema> {
  const { id, title, depth, leaf, current, suspended, active, tracking, control } = node;
  const { scoreScaled, progressMeasure } = tracking ?? {};
  return {
    ...{ id, title, depth, leaf, current, suspended, active },
    leftOut: node.place < 0,
    hidden: control?.hidden ?? false,
    disabled: control?.disabled ?? false,
    choiceEnabled: control?.choiceEnabled ?? false,
    completion: textOfEnum(Completion, tracking?.completion ?? Completion.UNKNOWN),
    success: textOfEnum(Success, tracking?.success ?? Success.UNKNOWN),
    ...(scoreScaled !== undefined && { scoreScaled }),
    ...(progressMeasure !== undefined && { progressMeasure }),
    attemptCount: tracking?.attemptCount ?? 0,
    totalSeconds: Number(tracking?.experiencedDurationMs ?? 0n) / 1000,
    objectives: (tracking?.objectives ?? []).map(toObjectiveView),
  };
}

function toObjectiveView(objective: ObjectiveTracking): MessageInitShape<typeof ObjectiveViewSchema> {
  const { objectiveId, primary, success, completion, scoreScaled, globalObjectiveIds } = objective;
  return {
    id: objectiveId,
    primary,
    success: textOfEnum(Success, success),
    completion: textOfEnum(Completion, completion),
    ...(scoreScaled !== undefined && { scoreScaled }),
    globalObjectiveIds,
  };
}
