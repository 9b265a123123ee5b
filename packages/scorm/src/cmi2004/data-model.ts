import type { DataWarning } from "../course/data-warning.ts";
import type { DataMap } from "../sequencing/activity-tree.ts";
import type { Scorm2004Behaviour } from "./behaviour.ts";
import { CommentList } from "./comment-list.ts";
import type { ToleratedRule } from "./data-type.ts";
import { characterString } from "./data-type.ts";
import { type ElementRule, elementRule, initialValues, keptElements, singleElements } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { InteractionList } from "./interaction-list.ts";
import { Judge } from "./judge.ts";
import type { CommentState, InteractionState, ObjectiveState } from "./list-state.ts";
import { type RequestValid, requestExists, requestQuestion } from "./navigation-request.ts";
import { ObjectiveList } from "./objective-list.ts";
import type { Scorm2004Policy } from "./policy.ts";
import { type SharedData, SharedDataList } from "./shared-data.ts";
import { evaluatedCompletion, evaluatedSuccess } from "./status-rules.ts";
import { refusalOf } from "./unknown-element.ts";

/** What a data model is made from and gives back. Plain JSON. */
export interface StoredData {
  /** Values of single elements that the SCO (or a global objective) has set, by element name. */
  readonly values: Readonly<Record<string, string>>;
  readonly objectives: readonly ObjectiveState[];
  readonly interactions: readonly InteractionState[];
  readonly comments: readonly CommentState[];
  readonly warnings: readonly DataWarning<ToleratedRule>[];
}

/** What a data model takes from outside. */
export interface DataModelContext {
  readonly policy: Scorm2004Policy;
  readonly behaviour: Scorm2004Behaviour;
  /** `cmi.completion_threshold`, when one applies. */
  readonly completionThreshold?: number | undefined;
  /** `cmi.scaled_passing_score`, when the activity is satisfied by measure. */
  readonly scaledPassingScore?: number | undefined;
  readonly commentsFromLms: readonly CommentState[];
  readonly dataMaps: readonly DataMap[];
  readonly shared: SharedData;
  readonly requestValid: RequestValid;
}

const completionStatus = elementRule("cmi.completion_status");
const successStatus = elementRule("cmi.success_status");
const progressMeasure = elementRule("cmi.progress_measure");
const scaledScore = elementRule("cmi.score.scaled");
const suspendData = elementRule("cmi.suspend_data");
const request = elementRule("adl.nav.request");
const mayContinue = elementRule("adl.nav.request_valid.continue");
const mayGoBack = elementRule("adl.nav.request_valid.previous");

/**
 * Elements and values of one SCO, RTE 4.2 and 4.3 and SN 4.4, without the life of a session: `get` and `set` answer as the book says once
 * Initialize has succeeded. Single elements live in an array by slot, so a call costs one look-up of its name.
 */
export class DataModel {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #context: DataModelContext;
  readonly #judge: Judge;
  readonly #values: (string | undefined)[];
  readonly #objectives: ObjectiveList;
  readonly #interactions: InteractionList;
  readonly #comments: CommentList;
  readonly #commentsFromLms: CommentList;
  readonly #shared: SharedDataList;
  readonly #suspendData: ReturnType<typeof characterString>;
  #stored: StoredData;

  constructor(stored: StoredData, context: DataModelContext) {
    const judge = new Judge(context.policy, stored.warnings);
    this.#context = context;
    this.#judge = judge;
    this.#values = initialValues.slice();
    for (const name in stored.values) this.#values[elementRule(name).slot] = stored.values[name];
    this.#objectives = new ObjectiveList(stored.objectives, judge);
    this.#interactions = new InteractionList(stored.interactions, judge);
    this.#comments = new CommentList("cmi.comments_from_learner", stored.comments, judge);
    this.#commentsFromLms = new CommentList("cmi.comments_from_lms", context.commentsFromLms, judge);
    this.#shared = new SharedDataList(context.behaviour.sharedData ? context.dataMaps : [], context.shared, judge);
    this.#suspendData = characterString(context.behaviour.suspendDataSpm);
    this.#stored = stored;
  }

  /** Value of a single element as it was set, whoever may read it; undefined when nobody set it and it has no initial value. */
  value(rule: ElementRule): string | undefined {
    return this.#values[rule.slot];
  }

  /** Fills a single element that belongs to the session or the LMS and is not kept, without any check. */
  provide(rule: ElementRule, value: string | undefined): void {
    this.#values[rule.slot] = value;
  }

  /** Whether the SCO has set `cmi.completion_status`, or a threshold and a measure decide it. */
  get completionIsSaid(): boolean {
    const decided = this.#context.completionThreshold !== undefined && this.#values[progressMeasure.slot] !== undefined;
    return decided || this.#values[completionStatus.slot] !== undefined;
  }

  /** Whether the SCO has set `cmi.success_status`, or a passing score and a score decide it. */
  get successIsSaid(): boolean {
    const decided = this.#context.scaledPassingScore !== undefined && this.#values[scaledScore.slot] !== undefined;
    return decided || this.#values[successStatus.slot] !== undefined;
  }

  /** `cmi.completion_status` as GetValue answers it. */
  completion(): string {
    const set = this.#values[completionStatus.slot];
    return evaluatedCompletion(set, this.#values[progressMeasure.slot], this.#context.completionThreshold);
  }

  /** `cmi.success_status` as GetValue answers it. */
  success(): string {
    const set = this.#values[successStatus.slot];
    return evaluatedSuccess(set, this.#values[scaledScore.slot], this.#context.scaledPassingScore);
  }

  /** GetValue: the value, with `error` set; empty when there is an error. */
  get(element: string): string {
    const rule = singleElements.get(element);
    if (rule === undefined) return this.#getFromList(element);
    if (!this.#context.behaviour.sharedData && element.startsWith("adl.data")) return this.#refuse("401");
    this.error = "0";
    if (rule.access === "keyword") return rule.initial ?? String(this.#count(element));
    if (rule.access === "write") return this.#refuse("405");
    if (rule === completionStatus) return this.completion();
    if (rule === successStatus) return this.success();
    if (rule === mayContinue) return this.#context.requestValid("continue", "");
    if (rule === mayGoBack) return this.#context.requestValid("previous", "");
    return this.#values[rule.slot] ?? this.#refuse("403");
  }

  /** SetValue: the error code, `"0"` when the value was stored. */
  set(element: string, value: string): ErrorCode {
    const rule = singleElements.get(element);
    if (rule === undefined) return this.#setInList(element, value);
    if (rule.access === "read" || rule.access === "keyword") {
      return element.startsWith("adl.data") && !this.#context.behaviour.sharedData ? "401" : "404";
    }
    if (rule === request && !requestExists(value, this.#context.behaviour)) return "406";
    const type = rule === suspendData ? this.#suspendData : rule.type;
    const verdict = type(value, this.#judge.policy);
    const code = verdict === "fits" ? "0" : this.#judge.settle(verdict, rule, value);
    if (code !== "0") return code;
    this.#values[rule.slot] = value;
    this.#judge.changed = true;
    return "0";
  }

  /** What has to be kept; the same object until something changes. */
  stored(): StoredData {
    if (!this.#judge.changed) return this.#stored;
    this.#judge.changed = false;
    const values: Record<string, string> = {};
    for (const rule of keptElements) {
      const value = this.#values[rule.slot];
      if (value !== undefined && value !== rule.initial) values[rule.name] = value;
    }
    this.#stored = {
      values,
      objectives: this.#objectives.snapshot(),
      interactions: this.#interactions.snapshot(),
      comments: this.#comments.snapshot(),
      warnings: this.#judge.warnings,
    };
    return this.#stored;
  }

  /** The shared texts; the same object until one is written. */
  shared(): SharedData {
    return this.#shared.snapshot();
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }

  #count(element: string): number {
    switch (element) {
      case "cmi.objectives._count":
        return this.#objectives.length;
      case "cmi.interactions._count":
        return this.#interactions.length;
      case "cmi.comments_from_learner._count":
        return this.#comments.length;
      case "cmi.comments_from_lms._count":
        return this.#commentsFromLms.length;
      default:
        return this.#shared.length;
    }
  }

  #listOf(element: string): ObjectiveList | InteractionList | CommentList | SharedDataList | undefined {
    if (element.startsWith("cmi.interactions.")) return this.#interactions;
    if (element.startsWith("cmi.objectives.")) return this.#objectives;
    if (element.startsWith("cmi.comments_from_learner.")) return this.#comments;
    if (element.startsWith("cmi.comments_from_lms.")) return this.#commentsFromLms;
    return this.#context.behaviour.sharedData && element.startsWith("adl.data.") ? this.#shared : undefined;
  }

  #getFromList(element: string): string {
    const list = this.#listOf(element);
    if (list !== undefined) {
      const value = list.get(element);
      this.error = list.error;
      return value;
    }
    const asked = this.#question(element);
    if (asked === undefined) return this.#refuse(this.#refusalOf(element, "get"));
    this.error = "0";
    return this.#context.requestValid(asked.request, asked.target);
  }

  #setInList(element: string, value: string): ErrorCode {
    const list = this.#listOf(element);
    if (list !== undefined) return list.set(element, value);
    return this.#question(element) === undefined ? this.#refusalOf(element, "set") : "404";
  }

  #question(element: string): ReturnType<typeof requestQuestion> {
    const asked = requestQuestion(element);
    return asked?.request === "jump" && !this.#context.behaviour.jump ? undefined : asked;
  }

  #refusalOf(element: string, access: "get" | "set"): ErrorCode {
    if (element.startsWith("adl.data") && !this.#context.behaviour.sharedData) return "401";
    return refusalOf(element, access);
  }
}
