import { failedToPlay, type SuiteResult } from "../../suite-result.ts";
import { playCase } from "../play-case.ts";
import { caseNames, familyOf, readCase } from "../read-case.ts";
import { type ScormAgainLearner, ScormAgainSystem } from "./scorm-again-system.ts";

/** Plays every case against scorm-again, one learner for all of them, as against our own core. */
export function playWithScormAgain(folder: string): SuiteResult[] {
  // It tells each delivery to the console whatever its log level is.
  console.debug = () => {};
  const learner: ScormAgainLearner = { objectives: {}, shared: {} };
  return caseNames(folder).map((name) => {
    const family = familyOf(name);
    try {
      const { played, packages, leftBehind } = readCase(folder, name);
      for (const id of leftBehind)
        learner.objectives[id] = { id, completionStatus: "completed", completionStatusKnown: true };
      const courses = new Map(
        [...packages].map(([id, { tree }]) => [id, { tree, system: new ScormAgainSystem(tree, learner) }]),
      );
      return { name: played.name, family, ...playCase(played, courses) };
    } catch (error) {
      return failedToPlay(name, family, error);
    }
  });
}
