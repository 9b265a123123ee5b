import type { Edition } from "./activity-tree.ts";

/** What the editions of SCORM 2004 do differently, each difference with its own name. */
export interface Behaviour {
  /** Jump navigation requests (NB.2.1, SB.2.13) came with the 4th edition. */
  readonly jumpRequests: boolean;
  /** Completion by measure and its roll-up (RB.1.1.b, RB.1.3.a) came with the 4th edition. */
  readonly completionMeasure: boolean;
  /** `adlseq:mapInfo` (scores, completion, progress measure of global objectives) came with the 4th edition. */
  readonly extendedObjectiveMaps: boolean;
  /**
   * Flowing forward past the last activity: from the 4th edition on it ends the sequencing session (SB.2.1 step 3.1), before that it was the
   * exception SB.2.1-1.
   */
  readonly flowingPastTheEndEndsSession: boolean;
  /** Rules about satisfaction by default (RB.1.2.b): the 2nd edition made a parent not satisfied as soon as any child was; later all must be known. */
  readonly anyChildFails: boolean;
}

const fourth: Behaviour = {
  jumpRequests: true,
  completionMeasure: true,
  extendedObjectiveMaps: true,
  flowingPastTheEndEndsSession: true,
  anyChildFails: false,
};

const third: Behaviour = {
  ...fourth,
  jumpRequests: false,
  completionMeasure: false,
  extendedObjectiveMaps: false,
  flowingPastTheEndEndsSession: false,
};

/** Behaviour by edition. */
export const behaviours: Readonly<Record<Edition, Behaviour>> = {
  "2nd": { ...third, anyChildFails: true },
  "3rd": third,
  "4th": fourth,
};
