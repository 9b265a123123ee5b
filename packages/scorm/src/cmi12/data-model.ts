import { type DataWarning, withWarning } from "../course/data-warning.ts";
import type { ToleratedRule } from "./data-type.ts";
import {
  type ElementRule,
  elementRule,
  initialValues,
  keptElements,
  listElements,
  singleElements,
} from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { cmiFeedback } from "./feedback.ts";
import {
  blankInteraction,
  blankObjective,
  copyInteraction,
  copyObjective,
  type InteractionField,
  type InteractionList,
  type InteractionState,
  type ObjectiveField,
  type ObjectiveState,
  type WritableInteraction,
  type WritableObjective,
} from "./list-state.ts";
import type { Scorm12Policy } from "./policy.ts";
import { RecordList } from "./record-list.ts";
import { refusalOf } from "./unknown-element.ts";

/** What a data model is made from and gives back. */
export interface StoredData {
  /** Values of single elements that differ from their initial value, by element name. */
  readonly values: Readonly<Record<string, string>>;
  readonly objectives: readonly ObjectiveState[];
  readonly interactions: readonly InteractionState[];
  readonly warnings: readonly DataWarning<ToleratedRule>[];
}

const objectivesPrefix = "cmi.objectives.";
const interactionsPrefix = "cmi.interactions.";
const objectivesCount = elementRule("cmi.objectives._count");
const interactionsCount = elementRule("cmi.interactions._count");
const comments = elementRule("cmi.comments");
const objectiveElements = listElements("cmi.objectives");
const interactionElements = listElements("cmi.interactions");
const objectiveId = elementRule("cmi.interactions.n.objectives.n.id");
const responsePattern = elementRule("cmi.interactions.n.correct_responses.n.pattern");

/**
 * Elements and values of one SCO, RTE 3.4.4, without the life of a session: `get` and `set` answer as the book says once
 * LMSInitialize has succeeded. Single elements live in an array by slot, so a call costs one look-up of its name.
 */
export class DataModel {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #policy: Scorm12Policy;
  readonly #values: string[];
  readonly #objectives: RecordList<WritableObjective>;
  readonly #interactions: RecordList<WritableInteraction>;
  #warnings: readonly DataWarning<ToleratedRule>[];
  #stored: StoredData | undefined;

  constructor(stored: StoredData, policy: Scorm12Policy) {
    this.#policy = policy;
    this.#values = initialValues.slice();
    for (const name in stored.values) this.#values[elementRule(name).slot] = stored.values[name] ?? "";
    // Records are never written where they stand: RecordList copies first.
    this.#objectives = new RecordList(stored.objectives as WritableObjective[], copyObjective, blankObjective);
    this.#interactions = new RecordList(
      stored.interactions as WritableInteraction[],
      copyInteraction,
      blankInteraction,
    );
    this.#warnings = stored.warnings;
    this.#stored = stored;
  }

  /** Value of a single element, whoever may read it. */
  value(rule: ElementRule): string {
    return this.#values[rule.slot] ?? "";
  }

  /** Fills a single element that belongs to the session and is not kept, without any check. */
  provide(rule: ElementRule, value: string): void {
    this.#values[rule.slot] = value;
  }

  /** Changes a kept element on the LMS's behalf, without any check. */
  assign(rule: ElementRule, value: string): void {
    this.#values[rule.slot] = value;
    this.#stored = undefined;
  }

  /** LMSGetValue: the value, with `error` set; empty when there is an error. */
  get(element: string): string {
    const rule = singleElements.get(element);
    if (rule === undefined) return this.#getFromList(element);
    if (rule.access === "write") return this.#refuse("404");
    this.error = "0";
    if (rule === objectivesCount) return String(this.#objectives.length);
    if (rule === interactionsCount) return String(this.#interactions.length);
    return this.#values[rule.slot] ?? "";
  }

  /** LMSSetValue: the error code, `"0"` when the value was stored. */
  set(element: string, value: string): ErrorCode {
    const rule = singleElements.get(element);
    if (rule === undefined) return this.#setInList(element, value);
    if (rule.access === "read") return "403";
    if (rule.access === "keyword") return "402";
    // RTE 3.4.4, cmi.comments: each set adds to what the learner said before.
    const stored = rule === comments ? `${this.#values[rule.slot]}${value}` : value;
    const verdict = rule.type(stored, this.#policy);
    if (verdict !== "fits") {
      if (verdict === "refused") return "405";
      this.#warn(verdict, rule.name, stored.length);
    }
    this.#values[rule.slot] = stored;
    this.#stored = undefined;
    return "0";
  }

  /** What has to be kept; the same object until something changes. */
  stored(): StoredData {
    if (this.#stored !== undefined) return this.#stored;
    const values: Record<string, string> = {};
    for (const rule of keptElements) {
      const value = this.#values[rule.slot] ?? "";
      if (value !== rule.initial) values[rule.name] = value;
    }
    this.#stored = {
      values,
      objectives: this.#objectives.snapshot(),
      interactions: this.#interactions.snapshot(),
      warnings: this.#warnings,
    };
    return this.#stored;
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }

  #warn(rule: ToleratedRule, element: string, length: number): void {
    this.#warnings = withWarning(this.#warnings, rule, element, length);
  }

  #getFromList(element: string): string {
    if (element.startsWith(objectivesPrefix)) {
      const dot = element.indexOf(".", objectivesPrefix.length);
      const field = element.slice(dot + 1);
      const rule = dot < 0 ? undefined : objectiveElements.get(field);
      const objective = this.#objectives.at(indexIn(element, objectivesPrefix.length, dot));
      if (rule === undefined) return this.#refuse(refusalOf(element, "get"));
      if (objective === undefined) return this.#refuse("201");
      this.error = "0";
      return rule.access === "keyword" ? rule.initial : objective[objectiveField(field)];
    }
    if (element.startsWith(interactionsPrefix)) return this.#getInteraction(element);
    return this.#refuse(refusalOf(element, "get"));
  }

  /** Interactions are write-only; only the two counts inside one can be read (RTE 3.4.4). */
  #getInteraction(element: string): string {
    const dot = element.indexOf(".", interactionsPrefix.length);
    const index = indexIn(element, interactionsPrefix.length, dot);
    if (index < 0) return this.#refuse(refusalOf(element, "get"));
    const field = element.slice(dot + 1);
    const rule = interactionElements.get(field);
    if (rule?.access === "keyword") {
      const interaction = this.#interactions.at(index);
      if (interaction === undefined) return this.#refuse("201");
      this.error = "0";
      return String(interaction[field.slice(0, field.indexOf(".")) as InteractionList].length);
    }
    return this.#refuse(rule !== undefined || nestedList(field) !== undefined ? "404" : refusalOf(element, "get"));
  }

  #setInList(element: string, value: string): ErrorCode {
    if (element.startsWith(objectivesPrefix)) {
      const dot = element.indexOf(".", objectivesPrefix.length);
      const index = indexIn(element, objectivesPrefix.length, dot);
      const field = element.slice(dot + 1);
      const rule = objectiveElements.get(field);
      if (index < 0 || rule === undefined) return refusalOf(element, "set");
      if (rule.access === "keyword") return "402";
      if (index > this.#objectives.length) return "201";
      const code = this.#judge(rule, value);
      if (code === "0") this.#objectives.writable(index)[objectiveField(field)] = value;
      return code;
    }
    if (element.startsWith(interactionsPrefix)) return this.#setInteraction(element, value);
    return refusalOf(element, "set");
  }

  #setInteraction(element: string, value: string): ErrorCode {
    const dot = element.indexOf(".", interactionsPrefix.length);
    const index = indexIn(element, interactionsPrefix.length, dot);
    if (index < 0) return refusalOf(element, "set");
    const field = element.slice(dot + 1);
    const rule = interactionElements.get(field);
    if (rule === undefined) return this.#setNested(element, field, index, value);
    if (rule.access === "keyword") return "402";
    if (index > this.#interactions.length) return "201";
    const code = field === "student_response" ? this.#judgeFeedback(rule, index, value) : this.#judge(rule, value);
    if (code === "0") this.#interactions.writable(index)[field as InteractionField] = value;
    return code;
  }

  #setNested(element: string, field: string, index: number, value: string): ErrorCode {
    const list = nestedList(field);
    if (list === undefined) return refusalOf(element, "set");
    const place = indexIn(field, list.length + 1, field.lastIndexOf("."));
    const count = this.#interactions.at(index)?.[list].length ?? 0;
    if (index > this.#interactions.length || place > count) return "201";
    const code =
      list === "objectives" ? this.#judge(objectiveId, value) : this.#judgeFeedback(responsePattern, index, value);
    if (code === "0") this.#interactions.writable(index)[list][place] = value;
    return code;
  }

  #judge(rule: ElementRule, value: string): ErrorCode {
    return this.#settle(rule.type(value, this.#policy), rule, value);
  }

  #judgeFeedback(rule: ElementRule, index: number, value: string): ErrorCode {
    return this.#settle(cmiFeedback(value, this.#interactions.at(index)?.type ?? "", this.#policy), rule, value);
  }

  #settle(verdict: ReturnType<ElementRule["type"]>, rule: ElementRule, value: string): ErrorCode {
    if (verdict === "refused") return "405";
    if (verdict !== "fits") this.#warn(verdict, rule.name, value.length);
    this.#stored = undefined;
    return "0";
  }
}

const objectiveFields: Readonly<Record<string, ObjectiveField>> = {
  "score.raw": "raw",
  "score.min": "min",
  "score.max": "max",
};

function objectiveField(field: string): ObjectiveField {
  return objectiveFields[field] ?? (field as ObjectiveField);
}

/** `objectives` for `objectives.<index>.id`, `correct_responses` for `correct_responses.<index>.pattern`, otherwise undefined. */
function nestedList(field: string): InteractionList | undefined {
  const list = field.startsWith("objectives.")
    ? "objectives"
    : field.startsWith("correct_responses.")
      ? "correct_responses"
      : undefined;
  if (list === undefined) return undefined;
  const dot = field.lastIndexOf(".");
  const leaf = field.slice(dot + 1);
  if (leaf !== (list === "objectives" ? "id" : "pattern")) return undefined;
  return indexIn(field, list.length + 1, dot) < 0 ? undefined : list;
}

/** The decimal index between two positions, without leading zeros; -1 when there is none. */
function indexIn(text: string, from: number, to: number): number {
  const digits = to - from;
  if (digits < 1 || digits > 9 || (digits > 1 && text.charCodeAt(from) === 48)) return -1;
  let index = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index;
}
