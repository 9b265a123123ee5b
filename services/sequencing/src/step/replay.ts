import { createHash } from "node:crypto";
import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { ActivityIndex } from "@coursemesh/scorm/sequencing/activity-index.ts";
import {
  openSession,
  type SequencingSession,
  type SequencingState,
  saveSession,
} from "@coursemesh/scorm/sequencing/session.ts";
import { seededRandom } from "../session/seeded-random.ts";
import { emptyState } from "../session/state-difference.ts";
import type { Asked } from "./asked.ts";
import { type CarriedOut, carryOut } from "./carry-out.ts";
import type { StepRow } from "./step.repository.ts";
import { withTakenIn } from "./taken-in.ts";

/** A step that was run again. */
export interface ReplayedStep {
  readonly step: StepRow;
  readonly before: SequencingSession;
  readonly done: CarriedOut;
  readonly state: SequencingState;
  readonly hash: string;
  /** It came to the state that is stored. */
  readonly same: boolean;
}

/** Conditions of a replay. */
export interface ReplayTerms {
  /** The course version of each step. */
  readonly courseOf: (step: StepRow) => ActivityIndex;
  readonly seed: bigint;
  /** What is asked in place of what was. */
  readonly askedOf?: (step: StepRow) => Asked;
}

/** Runs the stored requests again from the start, each with the clock, the chance and the global objectives that it had. Pure. */
export function* replay(steps: readonly StepRow[], { courseOf, seed, askedOf }: ReplayTerms): Generator<ReplayedStep> {
  let state = emptyState;
  let status: SessionStatus = SessionStatus.UNSPECIFIED;
  for (const step of steps) {
    const asked = askedOf?.(step) ?? step.asked;
    const before = openSession(courseOf(step), withTakenIn(state, step.takenIn));
    const done = carryOut(before, status, asked, { now: asked.now, random: seededRandom(seed, step.revision) });
    state = saveSession(done.session);
    ({ status } = done);
    const hash = createHash("sha256").update(canonicalJson(state)).digest("hex");
    yield { step, before, done, state, hash, same: hash === step.stateHash.toString("hex") };
  }
}
