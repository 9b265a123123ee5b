import type { NavigationSource } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import type { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { AttemptReport } from "@coursemesh/scorm/sequencing/run-time-input.ts";

/** What a step was asked for, as it is stored with the step: with the state before, it decides everything. */
export interface Asked {
  readonly kind: StepKind;
  /** Milliseconds since 1970, by the clock of whoever asked. */
  readonly now: number;
  /** Absent for steps that only take results over, and for starts. */
  readonly navigation?: NavigationRequest;
  readonly source?: NavigationSource;
  /** Activity that a start is to open. */
  readonly target?: string;
  /** What the activity reported. */
  readonly report?: AttemptReport;
  /** Activity that reported. */
  readonly activity?: string;
  /** Shared data as the activity left it. */
  readonly shared?: SharedData;
}
