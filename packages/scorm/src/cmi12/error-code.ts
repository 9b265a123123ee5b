/** Error codes of the SCORM 1.2 Run-Time Environment, 3.3.2.2 and 3.3.4. There is no other: a value out of range is 405. */
export type ErrorCode = "0" | "101" | "201" | "202" | "203" | "301" | "401" | "402" | "403" | "404" | "405";

interface ErrorText {
  /** Answer of `LMSGetErrorString`. */
  readonly name: string;
  /** What an author should look at; answer of `LMSGetDiagnostic`. */
  readonly advice: string;
}

const texts: Readonly<Record<ErrorCode, ErrorText>> = {
  "0": { name: "No error", advice: "The last call succeeded." },
  "101": { name: "General exception", advice: "The call is not possible in this state of the session." },
  "201": {
    name: "Invalid argument error",
    advice: "The argument names no element, or an index beyond the end of its list.",
  },
  "202": { name: "Element cannot have children", advice: "_children was asked of an element without children." },
  "203": {
    name: "Element not an array. Cannot have count.",
    advice: "_count was asked of an element that is not a list.",
  },
  "301": { name: "Not initialized", advice: "LMSInitialize has not succeeded, or LMSFinish has ended the session." },
  "401": { name: "Not implemented error", advice: "The LMS does not know this part of the data model." },
  "402": { name: "Invalid set value, element is a keyword", advice: "_children, _count and _version cannot be set." },
  "403": { name: "Element is read only", advice: "Only the LMS sets this element." },
  "404": { name: "Element is write only", advice: "The book lets a SCO set this element but not read it." },
  "405": {
    name: "Incorrect Data Type",
    advice: "The value does not fit the element's data type, vocabulary or range.",
  },
};

/** Longest text the three error functions answer (CMIString255, RTE 3.3.2.2). */
const longestAnswer = 255;

/** Answer of `LMSGetErrorString`: the code's name, or empty for a code the book does not have. RTE 3.3.2.2. */
export function errorString(code: string): string {
  return Object.hasOwn(texts, code) ? texts[code as ErrorCode].name : "";
}

/**
 * Answer of `LMSGetDiagnostic`. An empty argument asks about the last error, whose `detail` says which call it was; RTE 3.3.2.2.
 * A code the book does not have is answered with an empty text.
 */
export function diagnostic(argument: string, lastError: ErrorCode, detail: string): string {
  const code = argument === "" ? lastError : argument;
  if (!Object.hasOwn(texts, code)) return "";
  const advice = texts[code as ErrorCode].advice;
  return (code === lastError && detail !== "" ? `${advice} ${detail}` : advice).slice(0, longestAnswer);
}
