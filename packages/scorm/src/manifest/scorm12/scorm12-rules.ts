import { scorm12ItemDataRules } from "./item-data-rules.ts";
import { scorm12ResourceRules } from "./resource-rules.ts";
import { scorm12TreeRules } from "./tree-rules.ts";

/** All rules of SCORM 1.2 manifests. */
export const scorm12Rules = { ...scorm12TreeRules, ...scorm12ItemDataRules, ...scorm12ResourceRules };

/** Id of a rule of SCORM 1.2 manifests. */
export type Scorm12RuleId = keyof typeof scorm12Rules;
