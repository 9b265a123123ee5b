/** A case whose data cannot be played as it stands, and what is done about it. */
export interface CaseNote {
  /** What is wrong, with the clause or the place that shows it. */
  readonly reason: string;
  /** By number of a launch: what its SCO asks for at its end, where the script says nothing of it. */
  readonly request?: Readonly<Record<number, string>>;
  /** Global objectives that another case, which is not in the folder, would have left behind. */
  readonly leftBehind?: { readonly case: string; readonly completed: readonly string[] };
  /** Number of a launch that contradicts the others: left out, and reported as disputed. */
  readonly leftOut?: number;
}

/** By case. A note about a dispute that no longer comes up fails the test. */
export const caseNotes: Readonly<Record<string, CaseNote>> = {
  "CM-09aa": {
    reason:
      "Launch 1: the SCO asks for continue, the learner chooses Activity 3 before it ends. Activity 2 is expected, though what the learner asks for goes " +
      "before what the SCO asked for (RTE 4.4.1), as CM-09ba (launch 2) and CM-09bb (launch 2) expect; and from activity 2, which asks for previous, " +
      "activity 3 is expected, which no request leads to. Without launch 2 the case is sound.",
    leftOut: 2,
  },
  DDM: {
    reason:
      "Launch 6 calls the second delivery of activity 2a its third visit: the visits are 1 (launch 2) and 3, and no 2.",
  },
  "CO-07b": {
    reason:
      "Activities 1 and 2 must be skipped at once because gObj-CO07-obj1 and gObj-CO07-obj2 are completed; CO-07a completes them for the same learner " +
      "and is not in the folder.",
    leftBehind: { case: "CO-07a", completed: ["gObj-CO07-obj1", "gObj-CO07-obj2"] },
  },
  "CO-10": {
    reason:
      "Launch 1 has neither an adl.nav.request nor anything for the tester to do, its manifest hides Continue, and activity 2 is expected next: the SCO " +
      "asks for continue, as those of the launches after it ask for where they lead.",
    request: { 1: "continue" },
  },
};
