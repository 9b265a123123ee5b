import { RecordList } from "../cmi12/record-list.ts";
import { type ElementRule, elementRule, listElements } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { indexIn } from "./index-in.ts";
import type { Judge } from "./judge.ts";
import {
  blankObjective,
  copyObjective,
  type ObjectiveField,
  type ObjectiveState,
  type WritableObjective,
} from "./list-state.ts";
import { refusalOf } from "./unknown-element.ts";

const prefix = "cmi.objectives.".length;
const fields = listElements("cmi.objectives");
const idRule = elementRule("cmi.objectives.n.id");

/** `cmi.objectives` (RTE 4.2.17): an entry begins with its identifier, which is unique and never changes. */
export class ObjectiveList {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #records: RecordList<WritableObjective>;
  readonly #judge: Judge;

  constructor(stored: readonly ObjectiveState[], judge: Judge) {
    // Records are never written where they stand: RecordList copies first.
    this.#records = new RecordList(stored as WritableObjective[], copyObjective, blankObjective);
    this.#judge = judge;
  }

  get length(): number {
    return this.#records.length;
  }

  snapshot(): readonly ObjectiveState[] {
    return this.#records.snapshot();
  }

  get(element: string): string {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    const field = element.slice(dot + 1);
    const rule = index < 0 ? undefined : fields.get(field);
    if (rule === undefined) return this.#refuse(refusalOf(element, "get"));
    const record = this.#records.at(index);
    if (record === undefined) return this.#refuse("301");
    const value = rule.access === "keyword" ? rule.initial : (record[field as ObjectiveField] ?? rule.initial);
    if (value === undefined) return this.#refuse("403");
    this.error = "0";
    return value;
  }

  set(element: string, value: string): ErrorCode {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    const field = element.slice(dot + 1);
    const rule = index < 0 ? undefined : fields.get(field);
    if (rule === undefined) return refusalOf(element, "set");
    if (rule.access === "keyword") return "404";
    const count = this.#records.length;
    if (index > count || index >= this.#judge.policy.longestList) return "351";
    if (rule === idRule) return this.#setId(index, value);
    if (index === count) return "408";
    return this.#store(rule, index, field as ObjectiveField, value);
  }

  #setId(index: number, value: string): ErrorCode {
    const existing = this.#records.at(index)?.id;
    if (existing !== undefined) return existing === value ? "0" : "351";
    for (let at = 0; at < this.#records.length; at++) if (this.#records.at(at)?.id === value) return "351";
    return this.#store(idRule, index, "id", value);
  }

  #store(rule: ElementRule, index: number, field: ObjectiveField, value: string): ErrorCode {
    const code = this.#judge.judge(rule, value);
    if (code !== "0") return code;
    const record = this.#records.writable(index);
    record[field] = value;
    if (record.restored !== undefined) record.restored = record.restored.filter((status) => status !== field);
    return code;
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }
}
