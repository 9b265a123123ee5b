import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type GlobalObjective,
  GlobalObjectiveSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import { completionOf, definedOf, successOf } from "../activity/tracking.mapper.ts";
import { type GlobalObjectiveRow, WHOLE_ORGANIZATION } from "./global-objective.repository.ts";

export function globalObjectiveMessage(row: GlobalObjectiveRow): GlobalObjective {
  const { satisfied, completed, measure, scoreRaw, scoreMin, scoreMax, completionAmount } = row.progress;
  return create(GlobalObjectiveSchema, {
    id: row.id,
    objectiveId: row.objectiveId,
    learnerId: row.learnerId,
    instanceId: row.scope === WHOLE_ORGANIZATION ? "" : row.scope,
    success: successOf(satisfied),
    completion: completionOf(completed),
    ...definedOf({ scoreScaled: measure, scoreRaw, scoreMin, scoreMax, progressMeasure: completionAmount }),
    stepId: row.stepId ?? "",
    updateTime: timestampFromDate(row.updatedAt),
    etag: String(row.version),
  });
}
