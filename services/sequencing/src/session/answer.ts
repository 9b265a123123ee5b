import type { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";

/** What a step is answered with; also what a session is shown as. */
export interface Answer {
  readonly instanceId: string;
  readonly status: SessionStatus;
  readonly revision: number;
  readonly session: SequencingSession;
  /** Canonical JSON of the core's state, and its SHA-256. */
  readonly state: string;
  readonly stateHash: Buffer;
  /** JSON of what is to be opened, and of the shared data it may see; null for nothing new. */
  readonly delivery: string | null;
  readonly shared: string | null;
  /** Milliseconds since 1970, for rules about time. */
  readonly now: number;
}

/** The answer to a step. */
export interface StepAnswer extends Answer {
  readonly stepId: string;
  readonly accepted: boolean;
  readonly exception: string;
  /** It was given before. */
  readonly repeated: boolean;
}
