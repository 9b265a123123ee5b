import type { HostResult } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { type HostOptions, StatusMapping } from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import type { HostLearner } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { type AiccGroups, writeGroups } from "./hacp.ts";

/** Statuses of AICC that a result can have. */
export type LessonStatus = "passed" | "completed" | "failed" | "incomplete" | "not attempted";

/** What a host says of a launch. */
export interface AiccStart {
  readonly learner: Pick<HostLearner, "id" | "name" | "email" | "language">;
  /** Kept in the host's core lesson; empty: it has none. */
  readonly instanceToken: string;
  readonly freshEntry: boolean;
}

/** Reads what GetParam answered. */
export function readStart(groups: AiccGroups): AiccStart {
  const core = groups.get("core");
  const [status = "", entry = ""] = (core?.get("lesson_status") ?? "").toLowerCase().split(",");
  const token = groups.get("core_lesson")?.get("")?.trim() ?? "";
  const [language = ""] = (groups.get("student_preferences")?.get("language") ?? "").split(",");
  return {
    learner: {
      id: (core?.get("student_id") ?? "").slice(0, 255),
      name: (core?.get("student_name") ?? "").slice(0, 500),
      email: "",
      language: language.trim().slice(0, 35),
    },
    instanceToken: token.slice(0, 200),
    // Hosts that give no entry flag still say that nothing was attempted.
    freshEntry: entry.trim() === "" ? token === "" && !/^[cpfib]/.test(status.trim()) : entry.trim().startsWith("a"),
  };
}

/** Our two statuses as the one of AICC. */
export function lessonStatus({ completion, success }: HostResult, mapping: StatusMapping): LessonStatus {
  const isComplete = completion === Completion.COMPLETE;
  const begun = completion === Completion.INCOMPLETE ? "incomplete" : "not attempted";
  if (mapping === StatusMapping.COMPLETION_ONLY) return isComplete ? "completed" : begun;
  if (success === Success.FAILED) return "failed";
  if (success === Success.PASSED) {
    return mapping === StatusMapping.BOTH && !isComplete ? "incomplete" : "passed";
  }
  return isComplete ? "completed" : begun;
}

const RANKS: readonly LessonStatus[] = ["not attempted", "incomplete", "failed", "completed", "passed"];

/** Whether a host that wants better results only is told this one. */
export function isImprovement(before: HostResult | undefined, after: HostResult, mapping: StatusMapping): boolean {
  if (before === undefined) return true;
  const rank = (result: HostResult): number => RANKS.indexOf(lessonStatus(result, mapping));
  if (rank(after) !== rank(before)) return rank(after) > rank(before);
  return (after.scoreScaled ?? after.scoreRaw ?? -1) > (before.scoreScaled ?? before.scoreRaw ?? -1);
}

/** What a result is told with. */
export interface AiccTelling {
  readonly options: HostOptions;
  readonly instanceToken: string;
  /** Of the present session alone, as the host adds them up. */
  readonly sessionSeconds: number;
}

/** `aicc_data` of PutParam. The exit flag has hosts keep the core lesson while there is something to go on with. */
export function putData(result: HostResult, { options, instanceToken, sessionSeconds }: AiccTelling): string {
  const status = lessonStatus(result, options.statusMapping);
  const isOpen = status === "incomplete" || status === "not attempted";
  return writeGroups({
    core: {
      lesson_location: "",
      lesson_status: isOpen && options.suspendWhenIncomplete ? `${status}, suspend` : status,
      score: scoreText(result, options.scaleScore),
      time: clockTime(sessionSeconds),
    },
    core_lesson: instanceToken,
  });
}

/** `raw,max,min`, as AICC has it; empty without a score. */
function scoreText({ scoreRaw, scoreMin, scoreMax, scoreScaled }: HostResult, scale: boolean): string {
  if (scoreRaw === undefined) return "";
  if (!scale) return [scoreRaw, scoreMax, scoreMin].join(",").replace(/,+$/, "");
  const hasRange = scoreMin !== undefined && scoreMax !== undefined && scoreMax > scoreMin;
  const share = hasRange ? (scoreRaw - scoreMin) / (scoreMax - scoreMin) : scoreScaled;
  const scaled = share === undefined ? scoreRaw : Math.round(share * 10_000) / 100;
  return `${Math.min(100, Math.max(0, scaled))},100,0`;
}

/** `HHHH:MM:SS`. */
function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.min(9999, Math.floor(whole / 3600)), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
