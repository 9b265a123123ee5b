import type { Verdict } from "./data-type.ts";
import { isUri, localizedString } from "./data-type.ts";
import type { Scorm2004Policy } from "./policy.ts";
import { parseReal } from "./real-number.ts";

/** Vocabulary of `cmi.interactions.n.type`, RTE 4.2.9. */
export const interactionTypes = [
  "true-false",
  "choice",
  "fill-in",
  "long-fill-in",
  "likert",
  "matching",
  "performance",
  "sequencing",
  "numeric",
  "other",
] as const;

type InteractionType = (typeof interactionTypes)[number];

type Form = (value: string, policy: Scorm2004Policy) => Verdict;

/** How responses of one type of interaction are written (RTE 4.2.9.1 and 4.2.9.2). */
interface ResponseForm {
  readonly response: Form;
  readonly pattern: Form;
  /** Delimiters that a pattern may begin with, in the order in which they are answered, each with the value it has when it is left out. */
  readonly delimiters?: readonly Delimiter[];
  /** Whether the interaction has one correct response only. */
  readonly onePattern?: boolean;
  /** Whether no two correct responses may be equal. */
  readonly distinctPatterns?: boolean;
}

const judged = (fits: boolean): Verdict => (fits ? "fits" : "type");
const split = (value: string) => value.split("[,]");
const distinct = (parts: readonly string[]) => new Set(parts).size === parts.length;

const trueFalse: Form = (value) => judged(value === "true" || value === "false");

/** A set of short identifiers; the empty set is an empty text. */
const choice: Form = (value) => {
  if (value === "") return "fits";
  const parts = split(value);
  return judged(parts.every(isUri) && distinct(parts));
};

const sequencing: Form = (value) => judged(value === "" || split(value).every(isUri));

const likert: Form = (value) => judged(isUri(value));

const matching: Form = (value) =>
  judged(
    value === "" ||
      split(value).every((pair) => {
        const ends = pair.split("[.]");
        return ends.length === 2 && ends.every(isUri);
      }),
  );

/** Steps `name[.]answer`, of which name or answer may be empty; a range of numbers may stand for an answer in a pattern. */
const steps = (answer: (text: string) => boolean): Form => {
  const isStep = (step: string) => {
    const [name = "", result = "", ...more] = step.split("[.]");
    if (more.length > 0 || !step.includes("[.]") || (name === "" && result === "")) return false;
    return (name === "" || isUri(name)) && answer(result);
  };
  return (value) => judged(value === "" || split(value).every(isStep));
};

/** `min[:]max`, either of which may be left out, and not the wrong way round. */
const isRange = (value: string): boolean => {
  const ends = value.split("[:]");
  const [least, most] = ends.map((end) => (end === "" ? undefined : (parseReal(end, true) ?? Number.NaN)));
  if (ends.length !== 2 || Number.isNaN(least) || Number.isNaN(most)) return false;
  return least === undefined || most === undefined || least <= most;
};

const shortText = localizedString(250);
const longText = localizedString(4000);

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes("type") ? "type" : (verdicts.find((each) => each !== "fits") ?? "fits");

const fillIn: Form = (value, policy) => worst(split(value).map((part) => shortText(part, policy)));

interface Delimiter {
  readonly name: "case_matters" | "order_matters";
  readonly unless: "true" | "false";
}
const caseMatters: Delimiter = { name: "case_matters", unless: "false" };
const orderMatters: Delimiter = { name: "order_matters", unless: "true" };

const number: Form = (value, policy) => judged(parseReal(value, policy.strictNumbers) !== undefined);

const forms: Readonly<Record<InteractionType, ResponseForm>> = {
  "true-false": { response: trueFalse, pattern: trueFalse, onePattern: true },
  choice: { response: choice, pattern: choice, distinctPatterns: true },
  "fill-in": { response: fillIn, pattern: fillIn, delimiters: [caseMatters, orderMatters] },
  "long-fill-in": { response: longText, pattern: longText, delimiters: [caseMatters] },
  likert: { response: likert, pattern: likert, onePattern: true },
  matching: { response: matching, pattern: matching },
  performance: {
    response: steps(() => true),
    pattern: steps((answer) => !answer.includes("[:]") || isRange(answer)),
    delimiters: [orderMatters],
  },
  sequencing: { response: sequencing, pattern: sequencing, distinctPatterns: true },
  numeric: { response: number, pattern: (value) => judged(isRange(value)), onePattern: true },
  other: { response: () => "fits", pattern: () => "fits", onePattern: true },
};

/** The form of an interaction's responses; the caller has checked the type. */
export function responseForm(type: string): ResponseForm {
  return forms[type as InteractionType];
}

/** `cmi.interactions.n.learner_response`: of the type's form, or any text when the policy tolerates that. */
export function judgeResponse(type: string, value: string, policy: Scorm2004Policy): Verdict {
  return settle(responseForm(type).response, value, policy);
}

/** What is to be said about a correct response, and how it is kept. */
interface JudgedPattern {
  readonly verdict: Verdict;
  readonly pattern: string;
}

const written = /^\{(case_matters|order_matters)=([^}]*)\}/;
const languageFirst = /^(\{lang=[^}]*\})(\{case_matters=(?:true|false)\})/;

/**
 * A correct response: its delimiters, each with `true` or `false`, and then the type's form. Delimiters that say what would hold without them
 * are left out, as ADL's LMS does. They stand before the text: after it has begun, a brace is part of it.
 */
export function judgePattern(type: string, value: string, policy: Scorm2004Policy): JudgedPattern {
  const { pattern: form, delimiters } = responseForm(type);
  if (delimiters === undefined) return { verdict: settle(form, value, policy), pattern: value };
  // A text with one language says it before or after the other delimiter; in a list of texts, each has its own.
  let rest = type === "long-fill-in" ? value.replace(languageFirst, "$2$1") : value;
  const flags = new Map<string, string>();
  for (let found = written.exec(rest); found !== null; found = written.exec(rest)) {
    const [text, name = "", flag = ""] = found;
    if (!delimiters.some((delimiter) => delimiter.name === name)) break;
    if (flag !== "true" && flag !== "false") {
      return { verdict: policy.strictResponses ? "type" : "response", pattern: value };
    }
    flags.set(name, flag);
    rest = rest.slice(text.length);
  }
  const said = delimiters
    .filter(({ name, unless }) => flags.has(name) && flags.get(name) !== unless)
    .map(({ name }) => `{${name}=${flags.get(name)}}`);
  return { verdict: settle(form, rest, policy), pattern: said.join("") + rest };
}

function settle(form: Form, value: string, policy: Scorm2004Policy): Verdict {
  if (value.length > policy.longestText) return "type";
  const verdict = form(value, policy);
  return verdict === "type" && !policy.strictResponses ? "response" : verdict;
}
