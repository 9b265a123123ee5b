import type { Scorm12Policy } from "./policy.ts";

/**
 * What a data type says of a value: `fits`; `refused` (error 405); or the rule that it breaks and that the policy tolerates,
 * which is stored whole and recorded as a warning.
 */
export type Verdict = "fits" | "refused" | ToleratedRule;
export type ToleratedRule = "length" | "identifier" | "timespan" | "feedback";

/** A data type of RTE 3.4.5. */
export type DataType = (value: string, policy: Scorm12Policy) => Verdict;

/** CMIString255 and CMIString4096: any text up to so many characters. */
export function cmiString(longest: number): DataType {
  return (value, policy) => {
    if (value.length <= longest) return "fits";
    return policy.strictLengths || value.length > policy.longestText ? "refused" : "length";
  };
}

export const cmiString255 = cmiString(255);
export const cmiString4096 = cmiString(4096);

const printable = /^[\x21-\x7e]+$/;

/** CMIIdentifier: 1 to 255 characters without white space or unprintable characters. */
export const cmiIdentifier: DataType = (value, policy) => {
  if (value === "") return "refused";
  const length = cmiString255(value, policy);
  if (length !== "fits" || printable.test(value)) return length;
  return policy.strictIdentifiers ? "refused" : "identifier";
};

/** Characters of a number; the book sets no limit, 255 is that of its texts. */
const longestNumber = 255;
const decimal = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** True for a CMIDecimal: digits with an optional minus sign and decimal point; no exponent, no plus sign, no blanks. */
export function isDecimal(value: string): boolean {
  return value.length <= longestNumber && decimal.test(value);
}

/** CMIDecimal or CMIBlank. */
export const cmiDecimalOrBlank: DataType = (value) => (value === "" || isDecimal(value) ? "fits" : "refused");

/** Score: CMIDecimal normalized to 0..100, or CMIBlank (RTE 3.4.4, cmi.core.score.raw). */
export const cmiScore: DataType = (value) => {
  if (value === "") return "fits";
  if (!isDecimal(value)) return "refused";
  const score = Number(value);
  return score >= 0 && score <= 100 ? "fits" : "refused";
};

const integer = /^-?\d+$/;

/** CMISInteger within a range, ends included. */
export function cmiInteger(least: number, most: number): DataType {
  return (value) => {
    if (value.length > longestNumber || !integer.test(value)) return "refused";
    const number = Number(value);
    return number >= least && number <= most ? "fits" : "refused";
  };
}

const time = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,2})?$/;

/** CMITime: a time of day `HH:MM:SS.SS`. */
export const cmiTime: DataType = (value) => (time.test(value) ? "fits" : "refused");

const timespan = /^\d{2,4}:\d{2}:\d{2}(?:\.\d{1,2})?$/;
const sloppyTimespan = /^\d{1,6}:\d{2}:\d{2}(?:\.\d{1,2})?$/;

/** CMITimespan `HHHH:MM:SS.SS`: hours of 2 to 4 digits, minutes and seconds of exactly 2, a fraction of 1 or 2. */
export const cmiTimespan: DataType = (value, policy) => {
  if (timespan.test(value)) return "fits";
  return !policy.strictTimespans && sloppyTimespan.test(value) ? "timespan" : "refused";
};

/** CMIVocabulary: exactly one of the words, in this spelling. */
export function cmiVocabulary(...words: readonly string[]): DataType {
  const known = new Set(words);
  return (value) => (known.has(value) ? "fits" : "refused");
}

const resultWords = new Set(["correct", "wrong", "unanticipated", "neutral"]);

/** Vocabulary Result or a CMIDecimal; a blank passes too, as in ADL's own test suite. */
export const cmiResult: DataType = (value, policy) =>
  resultWords.has(value) ? "fits" : cmiDecimalOrBlank(value, policy);

/** For elements that no SCO can set, so no value is ever judged. */
export const neverSet: DataType = () => "refused";
