import type { Activity } from "../activity-index.ts";
import { pathToRoot } from "../activity-path.ts";
import { draftOf, type Environment, isAvailable } from "../draft.ts";
import type { TraceEntry } from "../trace.ts";
import { limitConditionsCheck } from "../utility/up-1-limit-conditions-check.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";
import { ValidNavigation } from "../valid-navigation.ts";
import { decideException, decideLimit } from "./decide-exception.ts";
import { decideRule } from "./decide-rule.ts";
import { decideStatus } from "./decide-status.ts";
import type { Decision } from "./explanation.ts";
import { endOf } from "./provenance.ts";
import { isWalk, requestWords } from "./step-summary.ts";
import { type Story, titleOf } from "./story.ts";

/** Why an activity is delivered, skipped, hidden, disabled, or has its status. */
export interface Explanation {
  /** The most telling sentence. */
  readonly summary: string;
  readonly decisions: readonly Decision[];
}

/**
 * Explains one activity at the end of a story: what happened to it last, what holds it now, and where its status comes from. A delivery that is over
 * tells least; whether a cluster may be chosen tells less than what it has come to.
 */
export function explainActivity(story: Story, activity: Activity, environment: Environment): Explanation {
  const event = lastEvent(story, activity);
  const over = event[0]?.process === "DB.2" && story.session.currentActivity !== activity.index;
  const refusal = choice(story, activity, environment);
  const status = decideStatus(story, activity);
  const decisions = unique([
    ...(over ? [] : event),
    ...selection(story, activity),
    ...standingRules(story, activity, environment),
    ...(activity.children.length > 0 ? [...status, ...refusal] : [...refusal, ...status]),
    ...(over ? event : []),
  ]);
  const title = titleOf(story.session.course, activity.identifier);
  return { summary: decisions[0]?.sentence ?? story.texts.nothingDecided(title), decisions };
}

function unique(decisions: readonly Decision[]): Decision[] {
  const sentences = new Set<string>();
  return decisions.filter(({ sentence }) => !sentences.has(sentence) && sentences.add(sentence));
}

/** What the newest step that came by did with the activity: delivered it, passed over it, or was stopped at it. */
function lastEvent(story: Story, activity: Activity): Decision[] {
  const way = new Set(pathToRoot(activity).map(({ identifier }) => identifier));
  for (let step = story.steps.length - 1; step >= 0; step--) {
    const { trace = [], navigation } = story.steps[step] ?? {};
    for (let entry = trace.length - 1; entry >= 0; entry--) {
      const decision = eventOf(story, trace, { step, entry }, activity, way);
      if (decision === undefined) continue;
      if (decision.process !== "DB.2") return [decision];
      const sentence = story.texts.delivered(
        titleOf(story.session.course, activity.identifier),
        requestWords(story, navigation),
      );
      return [{ ...decision, sentence }, ...rulesOnTheWay(story, step)];
    }
  }
  return [];
}

function eventOf(
  story: Story,
  trace: readonly TraceEntry[],
  moment: { readonly step: number; readonly entry: number },
  activity: Activity,
  way: ReadonlySet<string>,
): Decision | undefined {
  const entry = trace[moment.entry];
  if (entry === undefined || "by" in entry || "rollup" in entry) return undefined;
  if ("action" in entry) {
    const concerns = way.has(entry.activity) && entry.action === "skip" && isWalk(trace, moment.entry);
    return concerns ? decideRule(story, entry, moment) : undefined;
  }
  if ("limit" in entry) return entry.activity === activity.identifier ? decideLimit(story, entry) : undefined;
  if ("exception" in entry) {
    return entry.activity === activity.identifier ? decideException(story, entry, "") : undefined;
  }
  if (entry.process !== "DB.2" || entry.activity !== activity.identifier) return undefined;
  const plain = { activity: activity.identifier, rule: "", facts: [], sentence: "" };
  return { ...plain, kind: "controlMode", process: "DB.2" };
}

/** Rules that led to a delivery: what was skipped, and what replaced the request. */
function rulesOnTheWay(story: Story, step: number): Decision[] {
  const trace = story.steps[step]?.trace ?? [];
  return trace.flatMap((entry, at) => {
    if (!("action" in entry)) return [];
    const leads =
      entry.action === "skip" ? isWalk(trace, at) : !["hiddenFromChoice", "disabled"].includes(entry.action);
    return leads ? [decideRule(story, entry, { step, entry: at })] : [];
  });
}

function selection({ session, texts }: Story, activity: Activity): Decision[] {
  const { parent } = activity;
  if (parent === undefined) return [];
  const drawn = session.tracking[parent.index]?.availableChildren;
  if (drawn === undefined) return [];
  const plain = { activity: parent.identifier, rule: "", facts: [] };
  const title = titleOf(session.course, activity.identifier);
  const above = titleOf(session.course, parent.identifier);
  if (!drawn.includes(activity.position)) {
    return [{ ...plain, kind: "selection", process: "SR.1", sentence: texts.notSelected(title, above) }];
  }
  if (drawn.length < parent.children.length) {
    const sentence = texts.selected(above, drawn.length, parent.children.length);
    return [{ ...plain, kind: "selection", process: "SR.1", sentence }];
  }
  return [{ ...plain, kind: "randomization", process: "SR.2", sentence: texts.reordered(above) }];
}

/** Rules and limits that hold now, of the activity and of what contains it. */
function standingRules(story: Story, activity: Activity, environment: Environment): Decision[] {
  const trace: TraceEntry[] = [];
  const draft = draftOf(story.session, environment, trace);
  for (const at of pathToRoot(activity)) {
    const { disabled, hiddenFromChoice, stopForwardTraversal, skip } = at.preConditionRules;
    for (const rules of [disabled, hiddenFromChoice, skip]) sequencingRulesCheck(draft, at, rules);
    if (at === activity) sequencingRulesCheck(draft, at, stopForwardTraversal);
    limitConditionsCheck(draft, at);
  }
  const end = endOf(story.steps);
  const held = trace.flatMap((entry) => {
    if ("action" in entry) return [decideRule(story, entry, end)];
    return "limit" in entry ? [decideLimit(story, entry)] : [];
  });
  if (activity.definition.visible ?? true) return held;
  const sentence = story.texts.invisible(titleOf(story.session.course, activity.identifier));
  return [
    ...held,
    { kind: "controlMode", activity: activity.identifier, rule: "isvisible", process: "", sentence, facts: [] },
  ];
}

/** Why the activity cannot be chosen now. */
function choice(story: Story, activity: Activity, environment: Environment): Decision[] {
  const { session, texts } = story;
  if (session.currentActivity === activity.index || !isAvailable(draftOf(session, environment), activity)) return [];
  const exception = new ValidNavigation(session, environment).choiceRefusal(activity.identifier);
  if (exception === undefined) return [];
  const process = exception.slice(0, exception.lastIndexOf("-"));
  const decision = decideException(story, { process: process as "SB.2.9", exception }, activity.identifier);
  const sentence = texts.choiceRefused(titleOf(session.course, activity.identifier), decision.sentence);
  return [{ ...decision, sentence }];
}
