import type { Case, CaseCall, CaseLaunch, Given } from "../case-form.ts";

/** Short names for the calls of a hand-written case. Nothing here knows a rule: every expected answer is written out by its caller. */

const documents = {
  RTE: "SCORM 1.2 RTE",
  CTS: "ADL SCORM 1.2 test suite 1.2.7",
  CR: "SCORM 1.2 Conformance Requirements",
};

/** `RTE 3.4.4 …` becomes the full name of the document. */
const cited = (why: string) => why.replace(/^(RTE|CTS|CR)\b/, (short) => documents[short as keyof typeof documents]);

export const initialize = (
  why = "RTE 3.3.2.1, LMSInitialize",
  expected = { returns: "true", error: "0" },
  argument = "",
): CaseCall => ({
  method: "LMSInitialize",
  argument,
  ...expected,
  why: cited(why),
});

export const finish = (
  why = "RTE 3.3.2.1, LMSFinish",
  expected = { returns: "true", error: "0" },
  argument = "",
): CaseCall => ({
  method: "LMSFinish",
  argument,
  ...expected,
  why: cited(why),
});

export const commit = (
  why = "RTE 3.3.2.1, LMSCommit",
  expected = { returns: "true", error: "0" },
  argument = "",
): CaseCall => ({
  method: "LMSCommit",
  argument,
  ...expected,
  why: cited(why),
});

/** LMSGetValue that succeeds with exactly this text. */
export const get = (element: string, returns: string, why: string, more: Partial<CaseCall> = {}): CaseCall => ({
  method: "LMSGetValue",
  element,
  returns,
  error: "0",
  why: cited(why),
  ...more,
});

/** LMSGetValue that fails: an empty text and this code. */
export const getFails = (element: string, error: string, why: string, more: Partial<CaseCall> = {}): CaseCall => ({
  method: "LMSGetValue",
  element,
  returns: "",
  error,
  why: cited(why),
  ...more,
});

/** LMSGetValue of a list of names, in any order. */
export const getSet = (element: string, returnsSet: string, why: string): CaseCall => ({
  method: "LMSGetValue",
  element,
  returnsSet,
  error: "0",
  why: cited(why),
});

/** LMSGetValue of a CMITimespan that lasts as long as this one. */
export const getTime = (element: string, returnsTimespan: string, why: string): CaseCall => ({
  method: "LMSGetValue",
  element,
  returnsTimespan,
  error: "0",
  why: cited(why),
});

/** LMSSetValue that succeeds. */
export const set = (element: string, value: string, why: string, more: Partial<CaseCall> = {}): CaseCall => ({
  method: "LMSSetValue",
  element,
  value,
  returns: "true",
  error: "0",
  why: cited(why),
  ...more,
});

/** LMSSetValue that fails with this code. */
export const setFails = (
  element: string,
  value: string,
  error: string,
  why: string,
  more: Partial<CaseCall> = {},
): CaseCall => ({
  method: "LMSSetValue",
  element,
  value,
  returns: "false",
  error,
  why: cited(why),
  ...more,
});

export const lastError = (returns: string, why: string): CaseCall => ({
  method: "LMSGetLastError",
  returns,
  why: cited(why),
});

/** How a launch is left, the field `then` of the form. */
// biome-ignore lint/suspicious/noThenProperty: the form's own name; nobody awaits a case
export const leaving = (word: string): Pick<CaseLaunch, "then"> => ({ then: word });

/** A case of one launch. */
export const single = (name: string, about: string, calls: readonly CaseCall[], given?: Given): Case => ({
  name,
  about,
  ...(given && { given }),
  launches: [{ activity: 1, ...leaving("Exit"), calls }],
});

/** A case of several launches of the same registration. */
export const several = (name: string, about: string, launches: readonly CaseLaunch[], given?: Given): Case => ({
  name,
  about,
  ...(given && { given }),
  launches: launches.map((launch, index) => ({
    activity: 1,
    ...leaving(index === launches.length - 1 ? "Exit" : "Relaunch"),
    ...launch,
  })),
});
