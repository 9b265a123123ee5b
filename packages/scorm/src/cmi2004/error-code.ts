/** Error codes of the SCORM 2004 Run-Time Environment, 3.1.7. */
export type ErrorCode =
  | "0"
  | "101"
  | "102"
  | "103"
  | "104"
  | "111"
  | "112"
  | "113"
  | "122"
  | "123"
  | "132"
  | "133"
  | "142"
  | "143"
  | "201"
  | "301"
  | "351"
  | "391"
  | "401"
  | "402"
  | "403"
  | "404"
  | "405"
  | "406"
  | "407"
  | "408";

interface ErrorText {
  /** Answer of `GetErrorString`. */
  readonly name: string;
  /** What an author should look at; answer of `GetDiagnostic`. */
  readonly advice: string;
}

const texts: Readonly<Record<ErrorCode, ErrorText>> = {
  "0": { name: "No Error", advice: "The last call succeeded." },
  "101": { name: "General Exception", advice: "The call failed for a reason that no other code names." },
  "102": { name: "General Initialization Failure", advice: "No activity is open that could begin a session." },
  "103": { name: "Already Initialized", advice: "Initialize has succeeded before and Terminate has not been called." },
  "104": { name: "Content Instance Terminated", advice: "Terminate has ended this session; it cannot begin again." },
  "111": { name: "General Termination Failure", advice: "The session could not be ended." },
  "112": { name: "Termination Before Initialization", advice: "Initialize has not succeeded yet." },
  "113": { name: "Termination After Termination", advice: "Terminate has ended this session already." },
  "122": { name: "Retrieve Data Before Initialization", advice: "Call Initialize before GetValue." },
  "123": { name: "Retrieve Data After Termination", advice: "Terminate has ended the session; nothing can be read." },
  "132": { name: "Store Data Before Initialization", advice: "Call Initialize before SetValue." },
  "133": { name: "Store Data After Termination", advice: "Terminate has ended the session; nothing can be set." },
  "142": { name: "Commit Before Initialization", advice: "Call Initialize before Commit." },
  "143": { name: "Commit After Termination", advice: "Terminate has ended the session and saved everything." },
  "201": { name: "General Argument Error", advice: "Initialize, Terminate and Commit take an empty text." },
  "301": {
    name: "General Get Failure",
    advice: "The list has no such index, or the element has no such _children or _count.",
  },
  "351": {
    name: "General Set Failure",
    advice: "The index leaves a gap, or the identifier or pattern is there already or cannot be changed.",
  },
  "391": { name: "General Commit Failure", advice: "The data could not be handed to the LMS." },
  "401": {
    name: "Undefined Data Model Element",
    advice: "The data model has no element of this name that holds a value.",
  },
  "402": { name: "Unimplemented Data Model Element", advice: "The LMS does not offer this element." },
  "403": { name: "Data Model Element Value Not Initialized", advice: "Nobody has set this element yet." },
  "404": { name: "Data Model Element Is Read Only", advice: "Only the LMS sets this element." },
  "405": { name: "Data Model Element Is Write Only", advice: "The element can be set but not read." },
  "406": {
    name: "Data Model Element Type Mismatch",
    advice: "The value is not of the element's data type or vocabulary.",
  },
  "407": { name: "Data Model Element Value Out Of Range", advice: "The number is outside the range of the element." },
  "408": {
    name: "Data Model Dependency Not Established",
    advice: "Set the identifier of the entry first, and for a response the type of the interaction.",
  },
};

/** All codes, for those who want to show or to test them. */
export const errorCodes = Object.keys(texts) as readonly ErrorCode[];

/** Longest text the error functions answer (RTE 3.1.6). */
const longestAnswer = 255;

/** Answer of `GetErrorString`: the code's name, or empty for a code the book does not have. RTE 3.1.6.2. */
export function errorString(code: string): string {
  return Object.hasOwn(texts, code) ? texts[code as ErrorCode].name : "";
}

/**
 * Answer of `GetDiagnostic`, RTE 3.1.6.3. An empty argument asks about the last error, whose `detail` says which call it was.
 * A text that is no code of the book is answered with an empty text.
 */
export function diagnostic(argument: string, lastError: ErrorCode, detail: string): string {
  const code = argument === "" ? lastError : argument;
  if (!Object.hasOwn(texts, code)) return "";
  const advice = texts[code as ErrorCode].advice;
  return (code === lastError && detail !== "" ? `${advice} ${detail}` : advice).slice(0, longestAnswer).toWellFormed();
}
