import type { Completion, HostResult, Success } from "../../dispatch-protocol/host-result.ts";
import type { Dialect, ElementValue } from "./dialect.ts";
import type { HostOptions } from "./host-options.ts";
import { numberText, scoreToTell } from "./score.ts";

const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";
const SCORE = "cmi.score";
const SPAN =
  /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** Of year, month, day, hour, minute and second; years and months as hosts count them. */
const SECONDS = [31_557_600, 2_629_800, 86_400, 3_600, 60, 1];

const COMPLETIONS: readonly Completion[] = ["completed", "incomplete", "not attempted"];
const SUCCESSES: readonly Success[] = ["passed", "failed"];

/** SCORM 2004: completion and success apart, scaled scores. */
export const scorm2004Dialect: Dialect = {
  standard: "scorm2004",
  apiName: "API_1484_11",
  apiVersion: "1.0",
  methods: {
    initialize: "Initialize",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    finish: "Terminate",
    lastError: "GetLastError",
    errorString: "GetErrorString",
  },
  elements: {
    learnerId: "cmi.learner_id",
    learnerName: "cmi.learner_name",
    language: "cmi.learner_preference.language",
    entry: "cmi.entry",
    suspendData: "cmi.suspend_data",
    location: "cmi.location",
    totalTime: "cmi.total_time",
    sessionTime: "cmi.session_time",
    exit: "cmi.exit",
    score: SCORE,
  },
  heldStatus(get) {
    const [completion, success] = [get(COMPLETION), get(SUCCESS)];
    return {
      completion: COMPLETIONS.find((it) => it === completion) ?? "unknown",
      success: SUCCESSES.find((it) => it === success) ?? "unknown",
    };
  },
  resultValues: (result, options) => [
    // Where the course has not said anything, "incomplete" stands from the beginning; a page that runs is not "not attempted" either.
    [COMPLETION, result.completion === "completed" ? "completed" : "incomplete"],
    [SUCCESS, result.success],
    ...scoreValues(result, options),
  ],
  begunValues: [[COMPLETION, "incomplete"]],
  exitValues: (suspend, deliberate) => [
    ["cmi.exit", suspend ? "suspend" : "normal"],
    // Without it, a sequencing host waits for the learner to choose what comes next.
    ...(deliberate ? [["adl.nav.request", suspend ? "suspendAll" : "exitAll"] as const] : []),
  ],
  duration(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    return `PT${Math.floor(whole / 3_600)}H${Math.floor(whole / 60) % 60}M${whole % 60}S`;
  },
  seconds(text) {
    const parts = SPAN.exec(text)?.slice(1);
    if (parts === undefined || parts.every((part) => part === undefined)) return undefined;
    return parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (SECONDS[at] ?? 0), 0);
  },
};

function scoreValues(result: HostResult, { scaleScore }: HostOptions): ElementValue[] {
  const score = scoreToTell(result, scaleScore);
  if (score === undefined) return [];
  return [
    [`${SCORE}.raw`, numberText(score.raw)],
    ...(score.min === undefined ? [] : [[`${SCORE}.min`, numberText(score.min)] as const]),
    ...(score.max === undefined ? [] : [[`${SCORE}.max`, numberText(score.max)] as const]),
    ...(score.scaled === undefined ? [] : [[`${SCORE}.scaled`, numberText(score.scaled)] as const]),
  ];
}
