import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Decision } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { DecisionKind } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { NavigationKind, NavigationSource } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import {
  type ProcessRun,
  type StateChange,
  type Step,
  StepKind,
} from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type {
  ChangeViewSchema,
  DecisionViewSchema,
  ProcessViewSchema,
  StepRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toStepRow(step: Step): MessageInitShape<typeof StepRowSchema> {
  const { navigation, outcome } = step;
  return {
    id: step.id,
    launchId: step.launchId,
    seq: step.seq,
    number: Number(step.revision),
    time: millisOf(step.time),
    kind: textOfEnum(StepKind, step.kind),
    request: textOfEnum(NavigationKind, navigation?.kind ?? NavigationKind.UNSPECIFIED),
    target: navigation?.targetActivityId ?? "",
    source: textOfEnum(NavigationSource, navigation?.source ?? NavigationSource.UNSPECIFIED),
    accepted: outcome?.accepted ?? false,
    exception: outcome?.exception ?? "",
    activityBefore: step.activityBefore,
    activityAfter: step.activityAfter,
    summary: step.summary,
    stateHash: step.stateHash,
  };
}

export function toDecisionView(decision: Decision): MessageInitShape<typeof DecisionViewSchema> {
  const { kind, activityId, rule, line, process, sentence, facts } = decision;
  return {
    ...{ activityId, rule, line, process, sentence },
    kind: textOfEnum(DecisionKind, kind),
    facts: facts.map(({ name, value, stepId, sourceActivityId }) => ({ name, value, stepId, sourceActivityId })),
  };
}

export function toProcessView(run: ProcessRun): MessageInitShape<typeof ProcessViewSchema> {
  const { process, depth, activityId, result, exception } = run;
  return { process, depth, activityId, result, exception };
}

export function toChangeView(change: StateChange): MessageInitShape<typeof ChangeViewSchema> {
  const { activityId, objectiveId, name, before, after } = change;
  return { activityId, objectiveId, name, before, after };
}

/** What all processes of a step decided, each sentence once, in the order it was decided. */
export function decisionsOf(processes: readonly ProcessRun[]): Decision[] {
  const said = new Set<string>();
  return processes
    .flatMap(({ decisions }) => decisions)
    .filter(({ sentence }) => sentence !== "" && !said.has(sentence) && said.add(sentence));
}
