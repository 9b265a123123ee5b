import type { Report } from "../finding.ts";
import type { ManifestRuleId } from "../manifest-rules.ts";
import { scorm2004ItemDataRules } from "./item-data-rules.ts";
import { scorm2004ResourceRules } from "./resource-rules.ts";
import { scorm2004SequencingRules } from "./sequencing-rules.ts";
import { scorm2004TreeRules } from "./tree-rules.ts";

/** All rules of SCORM 2004 manifests. */
export const scorm2004Rules = {
  ...scorm2004TreeRules,
  ...scorm2004ItemDataRules,
  ...scorm2004SequencingRules,
  ...scorm2004ResourceRules,
};

/** Id of a rule of SCORM 2004 manifests. */
export type Scorm2004RuleId = keyof typeof scorm2004Rules;

/** Gathers findings of a SCORM 2004 manifest. */
export type Scorm2004Report = Report<Scorm2004RuleId | ManifestRuleId>;
