import {
  characterString,
  type DataType,
  interactionResult,
  language,
  localizedString,
  longIdentifier,
  neverSet,
  pointInTime,
  real,
  timeInterval,
  vocabulary,
} from "./data-type.ts";
import { interactionTypes } from "./interaction-type.ts";

/** Who may use an element: `read` is read-only (404), `write` is write-only (405), `keyword` is answered by the LMS and cannot be set (404). */
export type Access = "read" | "write" | "both" | "keyword";

/** One row of the data model. `n` stands for an index, `{target}` for an activity in braces. */
export interface ElementRule {
  readonly name: string;
  readonly access: Access;
  readonly type: DataType;
  /** Value before anybody set one, undefined when there is none (403); for `_children` the answer. */
  readonly initial: string | undefined;
  /** Place of a single element in a session's values; -1 for an element of a list or with a target. */
  readonly slot: number;
}

const row = (name: string, access: Access, type: DataType, initial?: string) => ({ name, access, type, initial });
const keyword = (name: string, answer?: string) => row(name, "keyword", neverSet, answer);

const completion = vocabulary("completed", "incomplete", "not attempted", "unknown");
const success = vocabulary("passed", "failed", "unknown");
const fromMinusOne = real(-1, 1);
const fromZeroToOne = real(0, 1);
const fromZero = real(0);
const anyReal = real();
const text250 = localizedString(250);

/** Values of `adl.nav.request` (SN 4.4.1); `navigation-request.ts` reads them and knows what an edition has. */
const requests =
  /^(?:continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\{target=[^{}]+\}(?:choice|jump))$/;
const navigationRequest: DataType = (value) => (requests.test(value) ? "fits" : "type");

/** The 74 elements of the 4th edition: RTE 4.2 and 4.3, and SN 4.4. Where the order of `_children` is free, it is ADL's. */
const rows = [
  keyword("cmi._version", "1.0"),
  keyword("cmi.comments_from_learner._children", "location,comment,timestamp"),
  keyword("cmi.comments_from_learner._count"),
  row("cmi.comments_from_learner.n.comment", "both", localizedString(4000)),
  row("cmi.comments_from_learner.n.location", "both", characterString(250)),
  row("cmi.comments_from_learner.n.timestamp", "both", pointInTime),
  keyword("cmi.comments_from_lms._children", "comment,timestamp,location"),
  keyword("cmi.comments_from_lms._count"),
  row("cmi.comments_from_lms.n.comment", "read", neverSet),
  row("cmi.comments_from_lms.n.location", "read", neverSet),
  row("cmi.comments_from_lms.n.timestamp", "read", neverSet),
  // The two statuses answer "unknown" until they are set, but that nobody set them is worth knowing: status-rules.ts.
  row("cmi.completion_status", "both", completion),
  row("cmi.completion_threshold", "read", neverSet),
  row("cmi.credit", "read", neverSet, "credit"),
  row("cmi.entry", "read", neverSet, ""),
  row("cmi.exit", "write", vocabulary("time-out", "suspend", "logout", "normal", "")),
  keyword(
    "cmi.interactions._children",
    "description,id,type,objectives,timestamp,result,weighting,learner_response,latency,correct_responses",
  ),
  keyword("cmi.interactions._count"),
  row("cmi.interactions.n.id", "both", longIdentifier),
  row("cmi.interactions.n.type", "both", vocabulary(...interactionTypes)),
  keyword("cmi.interactions.n.objectives._count"),
  row("cmi.interactions.n.objectives.n.id", "both", longIdentifier),
  row("cmi.interactions.n.timestamp", "both", pointInTime),
  keyword("cmi.interactions.n.correct_responses._count"),
  // The two responses need the interaction's type as well: interaction-type.ts.
  row("cmi.interactions.n.correct_responses.n.pattern", "both", neverSet),
  row("cmi.interactions.n.weighting", "both", anyReal),
  row("cmi.interactions.n.learner_response", "both", neverSet),
  row("cmi.interactions.n.result", "both", interactionResult),
  row("cmi.interactions.n.latency", "both", timeInterval),
  row("cmi.interactions.n.description", "both", text250),
  row("cmi.launch_data", "read", neverSet),
  row("cmi.learner_id", "read", neverSet),
  row("cmi.learner_name", "read", neverSet),
  keyword("cmi.learner_preference._children", "language,delivery_speed,audio_captioning,audio_level"),
  row("cmi.learner_preference.audio_level", "both", fromZero, "1"),
  row("cmi.learner_preference.language", "both", language, ""),
  row("cmi.learner_preference.delivery_speed", "both", fromZero, "1"),
  row("cmi.learner_preference.audio_captioning", "both", vocabulary("-1", "0", "1"), "0"),
  row("cmi.location", "both", characterString(1000)),
  row("cmi.max_time_allowed", "read", neverSet),
  row("cmi.mode", "read", neverSet, "normal"),
  keyword("cmi.objectives._children", "success_status,progress_measure,description,id,completion_status,score"),
  keyword("cmi.objectives._count"),
  row("cmi.objectives.n.id", "both", longIdentifier),
  keyword("cmi.objectives.n.score._children", "min,max,scaled,raw"),
  row("cmi.objectives.n.score.scaled", "both", fromMinusOne),
  row("cmi.objectives.n.score.raw", "both", anyReal),
  row("cmi.objectives.n.score.min", "both", anyReal),
  row("cmi.objectives.n.score.max", "both", anyReal),
  row("cmi.objectives.n.success_status", "both", success, "unknown"),
  row("cmi.objectives.n.completion_status", "both", completion, "unknown"),
  row("cmi.objectives.n.progress_measure", "both", fromZeroToOne),
  row("cmi.objectives.n.description", "both", text250),
  row("cmi.progress_measure", "both", fromZeroToOne),
  row("cmi.scaled_passing_score", "read", neverSet),
  keyword("cmi.score._children", "min,max,scaled,raw"),
  row("cmi.score.scaled", "both", fromMinusOne),
  row("cmi.score.raw", "both", anyReal),
  row("cmi.score.min", "both", anyReal),
  row("cmi.score.max", "both", anyReal),
  row("cmi.session_time", "write", timeInterval),
  row("cmi.success_status", "both", success),
  // Its length is judged by the edition.
  row("cmi.suspend_data", "both", characterString(Number.POSITIVE_INFINITY)),
  row("cmi.time_limit_action", "read", neverSet, "continue,no message"),
  row("cmi.total_time", "read", neverSet, "PT0H0M0S"),
  row("adl.nav.request", "both", navigationRequest, "_none_"),
  row("adl.nav.request_valid.continue", "read", neverSet),
  row("adl.nav.request_valid.previous", "read", neverSet),
  row("adl.nav.request_valid.choice.{target}", "read", neverSet),
  row("adl.nav.request_valid.jump.{target}", "read", neverSet),
  keyword("adl.data._children", "id,store"),
  keyword("adl.data._count"),
  row("adl.data.n.id", "read", neverSet),
  row("adl.data.n.store", "both", characterString(64_000)),
];

const hasSlot = (name: string) => !/\.n\.|\{/.test(name);
let slots = 0;

/** Every element by its name with `n` for indexes. */
export const elementTable: readonly ElementRule[] = rows.map((element) => ({
  ...element,
  slot: hasSlot(element.name) ? slots++ : -1,
}));

const byName = new Map(elementTable.map((rule) => [rule.name, rule]));

/** The rule of an element that is known to exist; throws for a misspelt name, which is a bug of ours. */
export function elementRule(name: string): ElementRule {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`no element ${name}`);
  return rule;
}

/** Elements without an index, by their name. */
export const singleElements: ReadonlyMap<string, ElementRule> = new Map(
  elementTable.filter((rule) => rule.slot >= 0).map((rule) => [rule.name, rule]),
);

/** Values of all slots before anything is known. */
export const initialValues: readonly (string | undefined)[] = elementTable
  .filter((rule) => rule.slot >= 0)
  .map((rule) => rule.initial);

/** Single elements that a SCO can set and read again: what is kept while a learner attempt lasts. `adl.nav.request` belongs to the session. */
export const keptElements: readonly ElementRule[] = elementTable.filter(
  (rule) => rule.slot >= 0 && rule.access === "both" && rule.name.startsWith("cmi."),
);

/** Elements of one list by what follows the index, for example `score.raw` for `cmi.objectives.n.score.raw`. */
export function listElements(list: string): ReadonlyMap<string, ElementRule> {
  const prefix = `${list}.n.`;
  return new Map(
    elementTable.filter((rule) => rule.name.startsWith(prefix)).map((rule) => [rule.name.slice(prefix.length), rule]),
  );
}
