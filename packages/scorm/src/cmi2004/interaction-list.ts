import { RecordList } from "../cmi12/record-list.ts";
import { elementRule, listElements } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { indexIn } from "./index-in.ts";
import { judgePattern, judgeResponse, responseForm } from "./interaction-type.ts";
import type { Judge } from "./judge.ts";
import {
  blankInteraction,
  copyInteraction,
  type InteractionField,
  type InteractionList as InteractionListName,
  type InteractionState,
  type WritableInteraction,
} from "./list-state.ts";
import { refusalOf } from "./unknown-element.ts";

const prefix = "cmi.interactions.".length;
const fields = listElements("cmi.interactions");
const idRule = elementRule("cmi.interactions.n.id");
const responseRule = elementRule("cmi.interactions.n.learner_response");
const objectiveRule = elementRule("cmi.interactions.n.objectives.n.id");
const patternRule = elementRule("cmi.interactions.n.correct_responses.n.pattern");

/** `cmi.interactions` (RTE 4.2.9): an entry begins with its identifier, and its responses need its type. */
export class InteractionList {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #records: RecordList<WritableInteraction>;
  readonly #judge: Judge;

  constructor(stored: readonly InteractionState[], judge: Judge) {
    // Records are never written where they stand: RecordList copies first.
    this.#records = new RecordList(stored as WritableInteraction[], copyInteraction, blankInteraction);
    this.#judge = judge;
  }

  get length(): number {
    return this.#records.length;
  }

  snapshot(): readonly InteractionState[] {
    return this.#records.snapshot();
  }

  get(element: string): string {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    if (index < 0) return this.#refuse(refusalOf(element, "get"));
    const field = element.slice(dot + 1);
    const record = this.#records.at(index);
    const rule = fields.get(field);
    let value: string | undefined;
    if (rule === undefined) {
      const list = nestedList(field);
      if (list === undefined) return this.#refuse(refusalOf(element, "get"));
      value = record?.[list][indexIn(field, list.length + 1, field.lastIndexOf("."))];
      if (value === undefined) return this.#refuse("301");
    } else if (record === undefined) return this.#refuse("301");
    else if (rule.access === "keyword") {
      value = String(record[field.slice(0, field.indexOf(".")) as InteractionListName].length);
    } else value = record[field as InteractionField];
    if (value === undefined) return this.#refuse("403");
    this.error = "0";
    return value;
  }

  set(element: string, value: string): ErrorCode {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    if (index < 0) return refusalOf(element, "set");
    const field = element.slice(dot + 1);
    const rule = fields.get(field);
    const list = rule === undefined ? nestedList(field) : undefined;
    if (rule === undefined && list === undefined) return refusalOf(element, "set");
    if (rule?.access === "keyword") return "404";
    const count = this.#records.length;
    if (index > count || index >= this.#judge.policy.longestList) return "351";
    if (index === count && rule !== idRule) return "408";
    if (rule === undefined)
      return list === "objectives" ? this.#setObjective(field, index, value) : this.#setPattern(field, index, value);
    const code = rule === responseRule ? this.#judgeLearnerResponse(index, value) : this.#judge.judge(rule, value);
    if (code === "0") this.#records.writable(index)[field as InteractionField] = value;
    return code;
  }

  #judgeLearnerResponse(index: number, value: string): ErrorCode {
    const type = this.#records.at(index)?.type;
    if (type === undefined) return "408";
    const verdict = judgeResponse(type, value, this.#judge.policy);
    return this.#judge.settle(verdict, responseRule, value);
  }

  #setObjective(field: string, index: number, value: string): ErrorCode {
    const place = indexIn(field, "objectives.".length, field.lastIndexOf("."));
    const ids = this.#records.at(index)?.objectives ?? [];
    if (place > ids.length || place >= this.#judge.policy.longestList) return "351";
    const known = ids.indexOf(value);
    if (known >= 0 && known !== place) return "351";
    const code = this.#judge.judge(objectiveRule, value);
    if (code === "0") this.#records.writable(index).objectives[place] = value;
    return code;
  }

  #setPattern(field: string, index: number, value: string): ErrorCode {
    const { policy } = this.#judge;
    const place = indexIn(field, "correct_responses.".length, field.lastIndexOf("."));
    const interaction = this.#records.at(index);
    const patterns = interaction?.correct_responses ?? [];
    const type = interaction?.type;
    if (type === undefined) return "408";
    if (place > patterns.length || place >= policy.longestList) return "351";
    const form = responseForm(type);
    const { verdict, pattern } = judgePattern(type, value, policy);
    const known = patterns.indexOf(pattern);
    const surplus = (form.onePattern && place > 0) || (form.distinctPatterns && known >= 0 && known !== place);
    if (surplus && policy.strictPatternSets) return "351";
    const code = this.#judge.settle(verdict, patternRule, value);
    if (code !== "0") return code;
    if (surplus) this.#judge.tolerate("patterns", patternRule, value);
    this.#records.writable(index).correct_responses[place] = pattern;
    return code;
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }
}

/** `objectives` for `objectives.<index>.id`, `correct_responses` for `correct_responses.<index>.pattern`, otherwise undefined. */
function nestedList(field: string): InteractionListName | undefined {
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
