import { cmiString255, isDecimal, type Verdict } from "./data-type.ts";
import type { Scorm12Policy } from "./policy.ts";

const list = (member: string) => new RegExp(`^(?:${member}(?:,${member})*|\\{${member}(?:,${member})*\\})$`, "i");
const choices = list("[a-z0-9]");
const pairs = list("[a-z0-9]\\.[a-z0-9]");
const trueFalse = /^[01tf]$/;
const likert = /^[a-z0-9]?$/i;

/** The form of a response by interaction type (RTE 3.4.5, CMIFeedback). Types without a form, and no type yet, take any text. */
const forms: Readonly<Record<string, (value: string) => boolean>> = {
  "true-false": (value) => trueFalse.test(value),
  choice: (value) => choices.test(value),
  sequencing: (value) => choices.test(value),
  matching: (value) => pairs.test(value),
  likert: (value) => likert.test(value),
  numeric: isDecimal,
};

/** CMIFeedback: the form depends on the interaction's `type`; published courses send whole sentences, which the lenient policy keeps. */
export function cmiFeedback(value: string, interactionType: string, policy: Scorm12Policy): Verdict {
  const length = cmiString255(value, policy);
  if (length !== "fits") return length;
  const fits = forms[interactionType];
  if (fits === undefined || fits(value)) return "fits";
  return policy.strictFeedback ? "refused" : "feedback";
}
