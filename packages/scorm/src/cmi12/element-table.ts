import {
  cmiDecimalOrBlank,
  cmiIdentifier,
  cmiInteger,
  cmiResult,
  cmiScore,
  cmiString255,
  cmiString4096,
  cmiTime,
  cmiTimespan,
  cmiVocabulary,
  type DataType,
  neverSet,
} from "./data-type.ts";

/** Who may use an element: `read` is read-only (403), `write` is write-only (404), `keyword` cannot be set (402). */
export type Access = "read" | "write" | "both" | "keyword";

/** One row of the data model, RTE 3.4.4. `n` stands for an index. */
export interface ElementRule {
  readonly name: string;
  readonly access: Access;
  readonly type: DataType;
  /** Value before anybody set one; for `_children` the answer. */
  readonly initial: string;
  /** Place of a single element in a session's values; -1 for an element of a list. */
  readonly slot: number;
}

const row = (name: string, access: Access, type: DataType, initial = "") => ({ name, access, type, initial });
const keyword = (name: string, answer = "") => row(name, "keyword", neverSet, answer);

const status = ["passed", "completed", "failed", "incomplete", "browsed"];

/** The 49 elements in the order of the book (RTE 3.4.4), and after them two that the book mentions outside the table. */
const rows = [
  keyword(
    "cmi.core._children",
    "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
  ),
  row("cmi.core.student_id", "read", neverSet),
  row("cmi.core.student_name", "read", neverSet),
  row("cmi.core.lesson_location", "both", cmiString255),
  row("cmi.core.credit", "read", neverSet),
  // "not attempted" is the LMS's word: a SCO that runs has been attempted, and ADL's test suite refuses it.
  row("cmi.core.lesson_status", "both", cmiVocabulary(...status), "not attempted"),
  row("cmi.core.entry", "read", neverSet),
  keyword("cmi.core.score._children", "raw,min,max"),
  row("cmi.core.score.raw", "both", cmiScore),
  row("cmi.core.score.max", "both", cmiScore),
  row("cmi.core.score.min", "both", cmiScore),
  row("cmi.core.total_time", "read", neverSet),
  row("cmi.core.lesson_mode", "read", neverSet),
  row("cmi.core.exit", "write", cmiVocabulary("time-out", "suspend", "logout", "")),
  row("cmi.core.session_time", "write", cmiTimespan),
  row("cmi.suspend_data", "both", cmiString4096),
  row("cmi.launch_data", "read", neverSet),
  row("cmi.comments", "both", cmiString4096),
  row("cmi.comments_from_lms", "read", neverSet),
  keyword("cmi.objectives._children", "id,score,status"),
  keyword("cmi.objectives._count"),
  row("cmi.objectives.n.id", "both", cmiIdentifier),
  keyword("cmi.objectives.n.score._children", "raw,min,max"),
  row("cmi.objectives.n.score.raw", "both", cmiScore),
  row("cmi.objectives.n.score.max", "both", cmiScore),
  row("cmi.objectives.n.score.min", "both", cmiScore),
  row("cmi.objectives.n.status", "both", cmiVocabulary(...status, "not attempted")),
  keyword("cmi.student_data._children", "mastery_score,max_time_allowed,time_limit_action"),
  row("cmi.student_data.mastery_score", "read", neverSet),
  row("cmi.student_data.max_time_allowed", "read", neverSet),
  row("cmi.student_data.time_limit_action", "read", neverSet),
  keyword("cmi.student_preference._children", "audio,language,speed,text"),
  row("cmi.student_preference.audio", "both", cmiInteger(-1, 100), "0"),
  row("cmi.student_preference.language", "both", cmiString255),
  row("cmi.student_preference.speed", "both", cmiInteger(-100, 100), "0"),
  row("cmi.student_preference.text", "both", cmiInteger(-1, 1), "0"),
  keyword(
    "cmi.interactions._children",
    "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
  ),
  keyword("cmi.interactions._count"),
  row("cmi.interactions.n.id", "write", cmiIdentifier),
  keyword("cmi.interactions.n.objectives._count"),
  row("cmi.interactions.n.objectives.n.id", "write", cmiIdentifier),
  row("cmi.interactions.n.time", "write", cmiTime),
  row(
    "cmi.interactions.n.type",
    "write",
    cmiVocabulary("true-false", "choice", "fill-in", "matching", "performance", "likert", "sequencing", "numeric"),
  ),
  keyword("cmi.interactions.n.correct_responses._count"),
  // The two responses are CMIFeedback, which needs the interaction's type as well: feedback.ts.
  row("cmi.interactions.n.correct_responses.n.pattern", "write", cmiString255),
  row("cmi.interactions.n.weighting", "write", cmiDecimalOrBlank),
  row("cmi.interactions.n.student_response", "write", cmiString255),
  row("cmi.interactions.n.result", "write", cmiResult),
  row("cmi.interactions.n.latency", "write", cmiTimespan),
  // Not rows of 3.4.4: LMSGetValue's own description (RTE 3.3.2.1) names both for a data model.
  keyword(
    "cmi._children",
    "core,suspend_data,launch_data,comments,comments_from_lms,objectives,student_data,student_preference,interactions",
  ),
  keyword("cmi._version", "3.4"),
];

let slots = 0;

/** Every element by its name with `n` for indexes. */
export const elementTable: readonly ElementRule[] = rows.map((element) => ({
  ...element,
  slot: element.name.includes(".n.") ? -1 : slots++,
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
export const initialValues: readonly string[] = elementTable
  .filter((rule) => rule.slot >= 0)
  .map((rule) => rule.initial);

/** Single elements that a SCO can set and read again: what is kept between launches. */
export const keptElements: readonly ElementRule[] = elementTable.filter(
  (rule) => rule.slot >= 0 && rule.access === "both",
);

/** Elements of one list by what follows the index, for example `score.raw` for `cmi.objectives.n.score.raw`. */
export function listElements(list: string): ReadonlyMap<string, ElementRule> {
  const prefix = `${list}.n.`;
  return new Map(
    elementTable.filter((rule) => rule.name.startsWith(prefix)).map((rule) => [rule.name.slice(prefix.length), rule]),
  );
}
