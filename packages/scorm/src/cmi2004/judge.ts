import { type DataWarning, withWarning } from "../course/data-warning.ts";
import type { ToleratedRule, Verdict } from "./data-type.ts";
import type { ElementRule } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import type { Scorm2004Policy } from "./policy.ts";

/** Says whether a value may be stored, and remembers what was tolerated. One for each data model, used by all its lists. */
export class Judge {
  readonly policy: Scorm2004Policy;
  warnings: readonly DataWarning<ToleratedRule>[];
  /** Whether a value was accepted since this was last set to false. */
  changed = false;

  constructor(policy: Scorm2004Policy, warnings: readonly DataWarning<ToleratedRule>[]) {
    this.policy = policy;
    this.warnings = warnings;
  }

  /** Judges by the element's own data type. `"0"` when the value is to be stored. */
  judge(rule: ElementRule, value: string): ErrorCode {
    return this.settle(rule.type(value, this.policy), rule, value);
  }

  /** Turns a verdict into an error code. */
  settle(verdict: Verdict, rule: ElementRule, value: string): ErrorCode {
    if (verdict === "type") return "406";
    if (verdict === "range") return "407";
    if (verdict !== "fits") this.tolerate(verdict, rule, value);
    this.changed = true;
    return "0";
  }

  tolerate(rule: ToleratedRule, element: ElementRule, value: string): void {
    this.warnings = withWarning(this.warnings, rule, element.name, value.length);
  }
}
