import type { TraceEntry } from "../trace.ts";
import { decideException, decideLimit } from "./decide-exception.ts";
import { decideRule } from "./decide-rule.ts";
import { decideRollup, decideWrite } from "./decide-status.ts";
import type { ProcessRun } from "./explanation.ts";
import type { Story } from "./story.ts";

/** How deep each process typically stands below the overall one; a trace is a list and does not say. */
const depths: readonly (readonly [prefix: string, depth: number])[] = [
  ["OP", 0],
  ["NB", 1],
  ["SR", 1],
  ["TB.2.3", 1],
  ["TB", 2],
  ["SB.2.12", 1],
  ["SB.2.1", 4],
  ["SB.2.2", 4],
  ["SB.2.3", 3],
  ["SB.2.4", 3],
  ["SB.2.9.", 3],
  ["SB", 2],
  ["DB.2.1", 2],
  ["DB", 1],
  ["RB.1.5", 3],
  ["RB.1.4", 6],
  ["RB.1.1", 4],
  ["RB.1.2.", 5],
  ["RB.1.3.", 5],
  ["RB", 4],
  ["UP.3", 2],
  ["UP.4", 2],
  ["UP.2", 6],
  ["UP", 5],
  ["", 0],
];

/** The processes of the last step of a story, each with what it decided. */
export function explainTrace(story: Story): ProcessRun[] {
  const at = story.steps.length - 1;
  const step = story.steps[at];
  const runs: Open[] = [];
  step?.trace.forEach((entry, position) => {
    note(story, runs, entry, { step: at, entry: position }, step.id);
  });
  return runs;
}

type Open = {
  -readonly [Key in keyof ProcessRun]: ProcessRun[Key] extends readonly (infer Item)[] ? Item[] : ProcessRun[Key];
};

function note(
  story: Story,
  runs: Open[],
  entry: TraceEntry,
  moment: { step: number; entry: number },
  id: string,
): void {
  if ("by" in entry) {
    const decision = decideWrite(story, entry, moment, id);
    // What content reports stands before every process.
    const run = runs.at(-1) ?? begin(runs, "", entry.activity);
    run.decisions.push(decision);
    return;
  }
  if ("rollup" in entry) {
    (runs.at(-1) ?? begin(runs, entry.process, entry.activity)).decisions.push(decideRollup(story, entry));
    return;
  }
  if ("limit" in entry) {
    (runs.at(-1) ?? begin(runs, entry.process, entry.activity)).decisions.push(decideLimit(story, entry));
    return;
  }
  if ("action" in entry) {
    const decision = decideRule(story, entry, moment);
    const run = begin(runs, entry.process, entry.activity);
    run.result = story.texts.action[entry.action];
    run.decisions.push(decision);
    return;
  }
  if ("exception" in entry) {
    const last = runs.at(-1);
    const run = last?.process === entry.process ? last : begin(runs, entry.process, entry.activity);
    const decision = decideException(story, entry, run.activity);
    run.exception = entry.exception;
    run.result = decision.sentence;
    run.decisions.push(decision);
    return;
  }
  begin(runs, entry.process, entry.activity);
}

function begin(runs: Open[], process: string, activity = ""): Open {
  const depth = depths.find(([prefix]) => process.startsWith(prefix))?.[1] ?? 0;
  const run: Open = { process, depth, activity, result: "", exception: "", decisions: [] };
  runs.push(run);
  return run;
}
