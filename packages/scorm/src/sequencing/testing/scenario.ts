import type { ActivityTree } from "../activity-tree.ts";
import type { Effect } from "../effect.ts";
import type { NavigationRequest } from "../request.ts";
import type { AttemptReport } from "../run-time-input.ts";
import { openSession, prepareCourse, type SequencingSession } from "../session.ts";
import { step } from "../step.ts";
import type { TraceEntry } from "../trace.ts";
import type { ObjectiveProgress } from "../tracking.ts";

/** A case as data (`fixtures/*.json`): a tree, requests, and what each must lead to. */
export interface Scenario {
  /** Where the rule stands, or that the case is our own. */
  readonly source: string;
  readonly tree: ActivityTree;
  /** Answers of the random source, over and over; 0 when absent. */
  readonly random?: readonly number[];
  readonly steps: readonly ScenarioStep[];
  /** What the primary objective of some activities is known for at the end. */
  readonly status?: Readonly<Record<string, ObjectiveProgress>>;
  /** Identifiers of the available children of some clusters at the end, in their order. */
  readonly available?: Readonly<Record<string, readonly string[]>>;
}

export interface ScenarioStep {
  readonly navigation: NavigationRequest;
  readonly report?: AttemptReport;
  /** Milliseconds since 1970; a second after the step before when absent. */
  readonly now?: number;
  readonly expect: { readonly type: Effect["type"]; readonly activity?: string };
}

/** What a scenario came to. */
export interface ScenarioRun {
  readonly session: SequencingSession;
  readonly outcomes: readonly object[];
  readonly trace: readonly TraceEntry[];
}

/** Takes the steps of a scenario. */
export function runScenario({ tree, steps, random = [0] }: Scenario): ScenarioRun {
  let session = openSession(prepareCourse(tree));
  const outcomes: object[] = [];
  const trace: TraceEntry[] = [];
  let drawn = 0;
  let now = 0;
  for (const { navigation, report, now: at = now + 1000 } of steps) {
    now = at;
    const environment = { now, random: () => random[drawn++ % random.length] ?? 0 };
    const result = step(session, { navigation, ...(report && { report }) }, environment);
    session = result.session;
    trace.push(...result.trace);
    outcomes.push(...result.effects.map(outcomeOf));
  }
  return { session, outcomes, trace };
}

function outcomeOf(effect: Effect): object {
  return effect.type === "deliver" ? { type: "deliver", activity: effect.delivery.activity } : effect;
}
