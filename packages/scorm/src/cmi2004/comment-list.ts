import { RecordList } from "../cmi12/record-list.ts";
import { type ElementRule, listElements } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { indexIn } from "./index-in.ts";
import type { Judge } from "./judge.ts";
import { blankComment, type CommentField, type CommentState, copyComment, type WritableComment } from "./list-state.ts";
import { refusalOf } from "./unknown-element.ts";

/** `cmi.comments_from_learner` or, read-only, `cmi.comments_from_lms` (RTE 4.2.2 and 4.2.3). An entry may begin with any of its elements. */
export class CommentList {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #records: RecordList<WritableComment>;
  readonly #judge: Judge;
  readonly #prefix: number;
  readonly #fields: ReadonlyMap<string, ElementRule>;

  constructor(
    name: "cmi.comments_from_learner" | "cmi.comments_from_lms",
    stored: readonly CommentState[],
    judge: Judge,
  ) {
    // Records are never written where they stand: RecordList copies first.
    this.#records = new RecordList(stored as WritableComment[], copyComment, blankComment);
    this.#judge = judge;
    this.#prefix = name.length + 1;
    this.#fields = name === "cmi.comments_from_lms" ? fromLms : fromLearner;
  }

  get length(): number {
    return this.#records.length;
  }

  snapshot(): readonly CommentState[] {
    return this.#records.snapshot();
  }

  get(element: string): string {
    const dot = element.indexOf(".", this.#prefix);
    const index = indexIn(element, this.#prefix, dot);
    const field = element.slice(dot + 1);
    if (index < 0 || !this.#fields.has(field)) return this.#refuse(refusalOf(element, "get"));
    const record = this.#records.at(index);
    if (record === undefined) return this.#refuse("301");
    const value = record[field as CommentField];
    if (value === undefined) return this.#refuse("403");
    this.error = "0";
    return value;
  }

  set(element: string, value: string): ErrorCode {
    const dot = element.indexOf(".", this.#prefix);
    const index = indexIn(element, this.#prefix, dot);
    const field = element.slice(dot + 1);
    const rule = index < 0 ? undefined : this.#fields.get(field);
    if (rule === undefined) return refusalOf(element, "set");
    if (rule.access === "read") return "404";
    if (index > this.#records.length || index >= this.#judge.policy.longestList) return "351";
    const code = this.#judge.judge(rule, value);
    if (code === "0") this.#records.writable(index)[field as CommentField] = value;
    return code;
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }
}

const fromLearner = listElements("cmi.comments_from_learner");
const fromLms = listElements("cmi.comments_from_lms");
