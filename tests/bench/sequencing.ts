/**
 * Milliseconds of building a course and of Terminate plus Continue beside scorm-again, in one process: `node tests/bench/sequencing.ts`. Courses of 100
 * and 991 activities (ten leaves to a cluster), plain and with a skip rule and a global objective on every leaf. scorm-again works out which of all
 * activities may be chosen with every Continue; ours does when asked, so there is a line with all of them asked.
 */
import type { ActivityDefinition, ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { openSession, prepareCourse, type SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import { step } from "@coursemesh/scorm/sequencing/step.ts";
import { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import { Scorm2004API } from "scorm-again";
import { median } from "./load/statistics.ts";

// scorm-again tells each delivery to the console whatever its log level is; writing that would count against it.
console.debug = () => {};

const CONTINUES = 12;
const ROUNDS = 5;

interface Shape {
  readonly clusters: number;
  /** Leaves of the last cluster, when it has fewer than ten. */
  readonly rest: number;
  readonly rules: boolean;
}

/** Milliseconds: to build and open, to start, and each Terminate plus Continue. */
interface Times {
  readonly build: number;
  readonly start: number;
  readonly continues: readonly number[];
}

function leafCounts({ clusters, rest }: Shape): number[] {
  return Array.from({ length: clusters }, (_, at) => (at === clusters - 1 && rest > 0 ? rest : 10));
}

function ours(shape: Shape): ActivityTree {
  const flow = { controlMode: { flow: true } };
  let number = 0;
  const leaf = (): ActivityDefinition => {
    const identifier = `leaf${number++}`;
    if (!shape.rules) return { identifier, title: identifier };
    const maps = [{ targetId: `g${identifier}`, readSatisfiedStatus: true, writeSatisfiedStatus: true }];
    const conditions = [{ condition: "satisfied" as const }];
    const preConditionRules = [{ action: "skip" as const, conditions }];
    return { identifier, title: identifier, sequencing: { preConditionRules, objectives: [{ id: "primary", maps }] } };
  };
  const children = leafCounts(shape).map((leaves, at) => ({
    identifier: `cluster${at}`,
    title: `Cluster ${at}`,
    sequencing: flow,
    children: Array.from({ length: leaves }, leaf),
  }));
  return { edition: "4th", root: { identifier: "root", title: "Course", sequencing: flow, children } };
}

function runOurs(shape: Shape, askForAll: boolean): Times {
  const tree = ours(shape);
  let now = 0;
  const environment = () => ({ now: ++now, random: () => 0.5 });
  const [build, opened] = timed(() => openSession(prepareCourse(tree)));
  const [start, begun] = timed(() => step(opened, { navigation: { type: "start" } }, environment()).session);
  let session: SequencingSession = begun;
  const report = { successStatus: "passed", completionStatus: "completed", objectives: [], exit: "normal" } as const;
  const continues = Array.from({ length: CONTINUES }, (_, at) => {
    const [time] = timed(() => {
      session = step(session, { report, navigation: { type: "continue" } }, environment()).session;
      if (!askForAll) return;
      const valid = new ValidNavigation(session, environment());
      for (const { identifier } of session.course.activities) valid.choice(identifier);
    });
    check(session.course.activities[session.currentActivity ?? -1]?.identifier, at);
    return time;
  });
  return { build, start, continues };
}

function runTheirs(shape: Shape): Times {
  const controls = { choice: true, flow: true };
  let number = 0;
  const leaf = () => {
    const id = `leaf${number++}`;
    if (!shape.rules) return { id, title: id };
    const mapInfo = [{ targetObjectiveID: `g${id}`, readSatisfiedStatus: true, writeSatisfiedStatus: true }];
    return {
      id,
      title: id,
      primaryObjective: { objectiveID: "primary", isPrimary: true, mapInfo },
      sequencingRules: { preConditionRules: [{ action: "skip", conditions: [{ condition: "satisfied" }] }] },
    };
  };
  const children = leafCounts(shape).map((leaves, at) => ({
    id: `cluster${at}`,
    title: `Cluster ${at}`,
    sequencingControls: controls,
    children: Array.from({ length: leaves }, leaf),
  }));
  let delivered = "";
  const settings = {
    logLevel: 5,
    onLogMessage: () => {},
    autocommit: false,
    sequencing: {
      activityTree: { id: "root", title: "Course", sequencingControls: controls, children },
      eventListeners: {
        onActivityDelivery: ({ id }: { id: string }) => {
          delivered = id;
        },
      },
    },
  };
  const [build, api] = timed(() => new Scorm2004API(settings as never));
  const [start] = timed(() => {
    api.getSequencingService()?.processNavigationRequest("start");
    api.Initialize("");
  });
  const continues = Array.from({ length: CONTINUES }, (_, at) => {
    const [time] = timed(() => {
      api.SetValue("cmi.success_status", "passed");
      api.SetValue("cmi.completion_status", "completed");
      api.SetValue("adl.nav.request", "continue");
      api.Terminate("");
    });
    check(delivered, at);
    api.reset();
    api.Initialize("");
    return time;
  });
  return { build, start, continues };
}

/** Speed counts only where the right activity was delivered. */
function check(delivered: string | undefined, at: number): void {
  if (delivered !== `leaf${at + 1}`) throw new Error(`Continue ${at + 1} delivered ${delivered}`);
}

function timed<Result>(run: () => Result): [milliseconds: number, result: Result] {
  const before = performance.now();
  const result = run();
  return [performance.now() - before, result];
}

function measure(run: () => Times): Record<"build" | "start" | "continue", number> {
  run();
  const rounds = Array.from({ length: ROUNDS }, run);
  return {
    build: median(rounds.map(({ build }) => build)),
    start: median(rounds.map(({ start }) => start)),
    continue: median(rounds.flatMap(({ continues }) => continues)),
  };
}

const row = (...cells: readonly (string | number)[]) =>
  console.log(
    cells
      .map((cell, at) =>
        (typeof cell === "number" ? cell.toFixed(3) : cell)[at === 0 ? "padEnd" : "padStart"](at === 0 ? 46 : 12),
      )
      .join(""),
  );
row("milliseconds (median)", "build", "start", "continue");
for (const [name, shape] of Object.entries({
  "100 activities, plain": { clusters: 9, rest: 10, rules: false },
  "991 activities, plain": { clusters: 90, rest: 10, rules: false },
  "100 activities, rules and global objectives": { clusters: 9, rest: 10, rules: true },
  "991 activities, rules and global objectives": { clusters: 90, rest: 10, rules: true },
})) {
  console.log(name);
  const plain = measure(() => runOurs(shape, false));
  const asked = measure(() => runOurs(shape, true));
  row("  ours", plain.build, plain.start, plain.continue);
  row("  ours, with every choice asked for", asked.build, asked.start, asked.continue);
  try {
    const theirs = measure(() => runTheirs(shape));
    row("  scorm-again", theirs.build, theirs.start, theirs.continue);
    row("  times faster, every choice asked for", "", "", theirs.continue / asked.continue);
  } catch (error) {
    console.log(`  scorm-again: ${error instanceof Error ? error.message : error}`);
  }
}
