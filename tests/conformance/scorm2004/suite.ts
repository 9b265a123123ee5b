import { failedToPlay, type SuiteResult } from "../suite-result.ts";
import { CoreSystem, type Learner } from "./core-system.ts";
import { playCase } from "./play-case.ts";
import { caseNames, familyOf, readCase } from "./read-case.ts";

/** Plays every `cases/*.json` of a folder with the manifests of `manifests/`, against the core in process. */
export function playScorm2004(folder: string): SuiteResult[] {
  // One learner takes all cases in their order: some read global objectives that the case before them wrote.
  const learner: Learner = { objectives: {}, shared: {} };
  return caseNames(folder).map((name) => {
    const family = familyOf(name);
    try {
      const { played, packages, leftBehind } = readCase(folder, name);
      for (const id of leftBehind) learner.objectives[id] = { completed: true };
      const environment = caseEnvironment();
      const courses = new Map(
        [...packages].map(([id, { tree }]) => [id, { tree, system: new CoreSystem(tree, learner, environment) }]),
      );
      return { name: played.name, family, ...playCase(played, courses) };
    } catch (error) {
      return failedToPlay(name, family, error);
    }
  });
}

/** A clock on which every question takes a second, and no chance. */
function caseEnvironment() {
  let seconds = 0;
  return {
    get now() {
      seconds += 1;
      return Date.UTC(2026, 0, 1) + seconds * 1000;
    },
    random: () => 0.5,
  };
}
