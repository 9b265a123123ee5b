import type { Case, CaseCall } from "../case-form.ts";
import { commit, finish, get, getFails, initialize, lastError, set, setFails, single } from "./calls.ts";

const fails = (error: string) => ({ returns: "false", error });
const location = "cmi.core.lesson_location";
const codes: readonly (readonly [string, string])[] = [
  ["0", "No error"],
  ["101", "General exception"],
  ["201", "Invalid argument error"],
  ["202", "Element cannot have children"],
  ["203", "Element not an array. Cannot have count."],
  ["301", "Not initialized"],
  ["401", "Not implemented error"],
  ["402", "Invalid set value, element is a keyword"],
  ["403", "Element is read only"],
  ["404", "Element is write only"],
  ["405", "Incorrect Data Type"],
];

const errorText = (method: "LMSGetErrorString" | "LMSGetDiagnostic", argument: string, why: string): CaseCall[] => [
  { method, argument, returnsNonEmpty: true, why },
  { method, argument, returnsShorterThan: 256, why: "SCORM 1.2 RTE 3.3.2.1: at most 255 characters" },
];

/** The eight functions and the life of a session. */
export const apiCases: readonly Case[] = [
  single("api-minimum", "The least a SCO does: LMSInitialize and LMSFinish", [initialize(), finish()]),
  single("api-initialize-argument", "LMSInitialize takes an empty string only, and a refused one starts nothing", [
    initialize("RTE 3.3.2.1, LMSInitialize: an empty string must be passed", fails("201"), "x"),
    getFails(location, "301", "RTE 3.3.4, error 301"),
    initialize(),
    finish(),
  ]),
  single("api-initialize-twice", "A second LMSInitialize fails and the session goes on", [
    initialize(),
    set(location, "2", "RTE 3.4.4, cmi.core.lesson_location"),
    initialize("RTE 3.3.4, error 101: no specific code for a session that is already initialized", fails("101")),
    get(location, "2", "The session goes on"),
    finish(),
  ]),
  single("api-initialize-after-finish", "A session that has ended is not begun again", [
    initialize(),
    finish(),
    initialize("RTE 3.3.2.1, LMSFinish: the SCO has finished communicating", fails("101")),
    getFails(location, "301", "RTE 3.3.4, error 301"),
  ]),
  single("api-finish-argument", "LMSFinish takes an empty string only, and a refused one ends nothing", [
    initialize(),
    finish("RTE 3.3.2.1, LMSFinish: an empty string must be passed", fails("201"), "x"),
    set(location, "3", "The session goes on"),
    finish(),
  ]),
  single("api-finish-before-initialize", "LMSFinish needs a session", [
    finish("RTE 3.3.4, error 301", fails("301")),
    initialize(),
    finish(),
  ]),
  single("api-finish-twice", "The second LMSFinish finds no session", [
    initialize(),
    finish(),
    finish("RTE 3.3.4, error 301", fails("301")),
  ]),
  single("api-commit", "LMSCommit in a session, any number of times", [
    initialize(),
    commit(),
    set(location, "4", "RTE 3.4.4, cmi.core.lesson_location"),
    commit(),
    commit(),
    get(location, "4", "LMSCommit changes nothing"),
    finish(),
  ]),
  single("api-commit-argument", "LMSCommit takes an empty string only", [
    initialize(),
    commit("RTE 3.3.2.1, LMSCommit: an empty string must be passed", fails("201"), "now"),
    finish(),
  ]),
  single("api-commit-outside-session", "LMSCommit needs a session", [
    commit("RTE 3.3.4, error 301", fails("301")),
    initialize(),
    finish(),
    commit("RTE 3.3.4, error 301", fails("301")),
  ]),
  single("api-last-error-is-kept", "The error functions do not change the error, the next call does", [
    initialize(),
    setFails("cmi.core.student_id", "x", "403", "RTE 3.4.4, cmi.core.student_id: read only"),
    lastError("403", "RTE 3.3.2.1, LMSGetLastError"),
    lastError("403", "RTE 3.3.2.1, LMSGetLastError: asking does not reset it"),
    {
      method: "LMSGetErrorString",
      argument: "201",
      returnsNonEmpty: true,
      why: "SCORM 1.2 RTE 3.3.2.1, LMSGetErrorString",
    },
    { method: "LMSGetDiagnostic", argument: "", returnsNonEmpty: true, why: "SCORM 1.2 RTE 3.3.2.1, LMSGetDiagnostic" },
    lastError("403", "RTE 3.3.2.1: only the other functions set or reset it"),
    get(location, "", "RTE 3.4.4, cmi.core.lesson_location"),
    lastError("0", "RTE 3.3.2.1: a call that succeeds resets it"),
    finish(),
  ]),
  single("api-last-error-before-initialize", "No error before the first call", [
    lastError("0", "RTE 3.3.2.1, LMSGetLastError: 0 is no error"),
    { method: "LMSGetErrorString", argument: "0", returnsNonEmpty: true, why: "SCORM 1.2 RTE 3.3.4" },
    initialize(),
    finish(),
    lastError("0", "RTE 3.3.2.1, LMSGetLastError"),
  ]),
  ...codes.map(([code, name]) =>
    single(`api-error-string-${code}`, `LMSGetErrorString and LMSGetDiagnostic of ${code}, ${name}`, [
      initialize(),
      ...errorText("LMSGetErrorString", code, `SCORM 1.2 RTE 3.3.4, error ${code}: ${name}`),
      ...errorText("LMSGetDiagnostic", code, "SCORM 1.2 RTE 3.3.2.1, LMSGetDiagnostic"),
      lastError("0", "RTE 3.3.2.1: only the other functions set or reset it"),
      finish(),
    ]),
  ),
  single("api-error-string-unknown", "A code that the book does not have", [
    {
      method: "LMSGetErrorString",
      argument: "999",
      returns: "",
      why: "SCORM 1.2 RTE 3.3.2.1, LMSGetErrorString: empty when there is no such code",
    },
    {
      method: "LMSGetErrorString",
      argument: "407",
      returns: "",
      why: "SCORM 1.2 RTE 3.3.4: out of range is 405, there is no 407",
    },
    { method: "LMSGetErrorString", argument: "toString", returns: "", why: "SCORM 1.2 RTE 3.3.2.1, LMSGetErrorString" },
    { method: "LMSGetDiagnostic", argument: "999", returns: "", why: "SCORM 1.2 RTE 3.3.2.1, LMSGetDiagnostic" },
    initialize(),
    finish(),
  ]),
];
