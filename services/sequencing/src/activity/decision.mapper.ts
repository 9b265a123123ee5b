import { create } from "@bufbuild/protobuf";
import {
  DecisionKind,
  type Decision as DecisionMessage,
  DecisionSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import type { Decision, DecisionKind as Kind } from "@coursemesh/scorm/sequencing/explain/explanation.ts";

const kinds: Readonly<Record<Kind, DecisionKind>> = {
  preCondition: DecisionKind.PRECONDITION_RULE,
  postCondition: DecisionKind.POSTCONDITION_RULE,
  exit: DecisionKind.EXIT_RULE,
  rollup: DecisionKind.ROLLUP_RULE,
  limit: DecisionKind.LIMIT_CONDITION,
  controlMode: DecisionKind.CONTROL_MODE,
  constrainedChoice: DecisionKind.CONSTRAINED_CHOICE,
  selection: DecisionKind.SELECTION,
  randomization: DecisionKind.RANDOMIZATION,
  objectiveMap: DecisionKind.OBJECTIVE_MAP,
  deliveryControl: DecisionKind.DELIVERY_CONTROL,
  content: DecisionKind.CONTENT,
};

export function decisionMessage({
  kind,
  activity,
  rule,
  line = 0,
  process,
  sentence,
  facts,
}: Decision): DecisionMessage {
  return create(DecisionSchema, {
    kind: kinds[kind],
    ...{ activityId: activity, rule, line, process, sentence },
    facts: facts.map(({ name, value, step, activity: sourceActivityId }) => ({
      ...{ name, value, stepId: step, sourceActivityId },
    })),
  });
}
