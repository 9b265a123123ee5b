import { isLanguageTag } from "./language-tag.ts";
import { isPointInTime } from "./point-in-time.ts";
import type { Scorm2004Policy } from "./policy.ts";
import { parseReal } from "./real-number.ts";
import { parseTimeInterval } from "./time-interval.ts";

/**
 * What a data type says of a value: `fits`; `type` (error 406); `range` (error 407); or the rule that it breaks and that the policy tolerates,
 * which is stored whole and recorded as a warning.
 */
export type Verdict = "fits" | "type" | "range" | ToleratedRule;
export type ToleratedRule = "length" | "identifier" | "response" | "time" | "language" | "number" | "patterns";

/** A data type of RTE 4.1.1. */
export type DataType = (value: string, policy: Scorm2004Policy) => Verdict;

/** `characterstring` whose smallest permitted maximum is so many characters: longer texts are kept, but another LMS may cut them. */
export function characterString(spm: number): DataType {
  return (value, policy) => judgeLength(value, spm, policy);
}

function judgeLength(value: string, spm: number, policy: Scorm2004Policy): Verdict {
  if (value.length > policy.longestText) return "type";
  return value.length <= spm ? "fits" : "length";
}

const languageDelimiter = /^\{lang=([^}]*)\}/;

/** `localized_string_type`: a text that may begin with `{lang=<language>}`, which does not count towards its length (RTE 4.1.1.3). */
export function localizedString(spm: number): DataType {
  return (value, policy) => {
    const delimiter = languageDelimiter.exec(value);
    if (delimiter === null) return judgeLength(value, spm, policy);
    const [written, tag = ""] = delimiter;
    if (!isLanguageTag(tag, policy.strictLanguages)) return policy.strictLanguages || tag === "" ? "type" : "language";
    return judgeLength(value, spm + written.length, policy);
  };
}

/** `language_type`; an empty text means that no language is preferred. */
export const language: DataType = (value, policy) => {
  if (value === "" || isLanguageTag(value, policy.strictLanguages)) return "fits";
  return policy.strictLanguages ? "type" : judgeTolerated(value, "language", policy);
};

/** Characters of a URI, RFC 3986, without the brackets that delimit parts of a response. */
const uri = /^(?:[\w\-.~:/?#@!$&'()*+,;=]|%[0-9a-f]{2})+$/i;
const urn = /^urn:[a-z0-9][a-z0-9-]{0,31}:.+$/i;

/** Whether a text is a URI as the book wants identifiers; one that begins with `urn:` must be a whole URN. */
export function isUri(value: string): boolean {
  return uri.test(value) && (!/^urn:/i.test(value) || urn.test(value));
}

/** `long_identifier_type`, 4,000 characters (RTE 4.1.1.4). */
export const longIdentifier: DataType = (value, policy) => {
  if (value.trim() === "") return "type";
  if (isUri(value)) return judgeLength(value, 4000, policy);
  return policy.strictIdentifiers ? "type" : judgeTolerated(value, "identifier", policy);
};

function judgeTolerated(value: string, rule: ToleratedRule, policy: Scorm2004Policy): Verdict {
  return value.length > policy.longestText ? "type" : rule;
}

/** `real(10,7)` within a range, ends included; 407 outside it. */
export function real(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): DataType {
  return (value, policy) => {
    const number = parseReal(value, policy.strictNumbers);
    if (number === undefined) return "type";
    if (number < least || number > most) return "range";
    return policy.strictNumbers || parseReal(value, true) !== undefined ? "fits" : "number";
  };
}

/** Exactly one of the words, in this spelling. */
export function vocabulary(...words: readonly string[]): DataType {
  const known = new Set(words);
  return (value) => (known.has(value) ? "fits" : "type");
}

/** `time(second,10,0)`. */
export const pointInTime: DataType = (value, policy) => {
  if (isPointInTime(value, true)) return "fits";
  return !policy.strictTimes && isPointInTime(value, false) ? "time" : "type";
};

/** `timeinterval(second,10,2)`. */
export const timeInterval: DataType = (value, policy) => {
  if (parseTimeInterval(value, true) !== undefined) return "fits";
  return !policy.strictTimes && parseTimeInterval(value, false) !== undefined ? "time" : "type";
};

const resultWords = new Set(["correct", "incorrect", "unanticipated", "neutral"]);
const anyReal = real();

/** `cmi.interactions.n.result`: a word or a number (RTE 4.2.9). */
export const interactionResult: DataType = (value, policy) =>
  resultWords.has(value) ? "fits" : anyReal(value, policy);

/** For elements that no SCO can set, so no value is ever judged. */
export const neverSet: DataType = () => "type";
