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
   * Flowing forward past the last activity ends the sequencing session (SB.2.1 step 3.1). The 2nd edition has the exception SB.2.1-1 there; the
   * session ends nevertheless, since nothing else can follow, and the exception stands in the trace.
   */
  readonly flowingPastTheEndEndsSession: boolean;
}

const fourth: Behaviour = {
  jumpRequests: true,
  completionMeasure: true,
  extendedObjectiveMaps: true,
  flowingPastTheEndEndsSession: true,
};

const third: Behaviour = {
  ...fourth,
  jumpRequests: false,
  completionMeasure: false,
  extendedObjectiveMaps: false,
};

/** Behaviour by edition. */
export const behaviours: Readonly<Record<Edition, Behaviour>> = {
  "2nd": { ...third, flowingPastTheEndEndsSession: false },
  "3rd": third,
  "4th": fourth,
};
