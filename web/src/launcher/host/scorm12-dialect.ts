import type { HostResult } from "../../dispatch-protocol/host-result.ts";
import type { Dialect, ElementValue } from "./dialect.ts";
import type { HostOptions } from "./host-options.ts";
import { numberText, scoreToTell } from "./score.ts";

const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score";
const LONGEST_HOURS = 9_999;

/** SCORM 1.2: one status for both, scores from 0 to 100. */
export const scorm12Dialect: Dialect = {
  standard: "scorm12",
  apiName: "API",
  apiVersion: "1.2",
  methods: {
    initialize: "LMSInitialize",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    finish: "LMSFinish",
    lastError: "LMSGetLastError",
    errorString: "LMSGetErrorString",
  },
  elements: {
    learnerId: "cmi.core.student_id",
    learnerName: "cmi.core.student_name",
    language: "cmi.student_preference.language",
    entry: "cmi.core.entry",
    suspendData: "cmi.suspend_data",
    location: "cmi.core.lesson_location",
    totalTime: "cmi.core.total_time",
    sessionTime: "cmi.core.session_time",
    exit: "cmi.core.exit",
    score: SCORE,
  },
  heldStatus(get) {
    switch (get(STATUS)) {
      case "passed":
        return { completion: "completed", success: "passed" };
      case "failed":
        return { completion: "completed", success: "failed" };
      case "completed":
        return { completion: "completed", success: "unknown" };
      case "incomplete":
      case "browsed":
        return { completion: "incomplete", success: "unknown" };
      case "not attempted":
        return { completion: "not attempted", success: "unknown" };
      default:
        return { completion: "unknown", success: "unknown" };
    }
  },
  resultValues: (result, options) => [[STATUS, lessonStatus(result, options)], ...scoreValues(result, options)],
  begunValues: [[STATUS, "incomplete"]],
  exitValues: (suspend) => [["cmi.core.exit", suspend ? "suspend" : ""]],
  duration(seconds) {
    const whole = Math.min(LONGEST_HOURS * 3_600 + 3_599, Math.max(0, Math.floor(seconds)));
    const two = (value: number) => String(value).padStart(2, "0");
    return `${two(Math.floor(whole / 3_600)).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  },
  seconds(text) {
    const [, hours = "", minutes = "", seconds = ""] = /^(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(text) ?? [];
    return seconds === "" ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  },
};

/** The one status of a result. */
export function lessonStatus({ completion, success }: HostResult, { statusMapping }: HostOptions): string {
  const byCompletion = completion === "completed" ? "completed" : "incomplete";
  if (statusMapping === "completionOnly" || success === "unknown") return byCompletion;
  if (statusMapping === "both" && success === "passed" && completion !== "completed") return "incomplete";
  return success;
}

function scoreValues(result: HostResult, { scaleScore }: HostOptions): ElementValue[] {
  const given = scoreToTell(result, scaleScore);
  if (given === undefined) return [];
  // SCORM 1.2 has no scores outside of 0 to 100 (RTE 3.4.4); there the share of what can be reached is the only thing left to say.
  const fits = [given.raw, given.min ?? 0, given.max ?? 0].every((value) => value >= 0 && value <= 100);
  const score = fits ? given : scoreToTell(result, true);
  if (score === undefined || score.raw < 0 || score.raw > 100) return [];
  return [
    [`${SCORE}.raw`, numberText(score.raw)],
    ...(score.min === undefined ? [] : [[`${SCORE}.min`, numberText(score.min)] as const]),
    ...(score.max === undefined ? [] : [[`${SCORE}.max`, numberText(score.max)] as const]),
  ];
}
