import { lenientPolicy, type Scorm12Policy } from "@coursemesh/scorm/cmi12/policy.ts";
import { defaultRollUp, type RollUpPolicy } from "@coursemesh/scorm/course/roll-up.ts";

type Settings = Readonly<Record<string, string>>;

/** Settings that change how the SCORM 1.2 data model answers; one that is not given keeps the lenient default. */
const policySettings: Readonly<Record<Exclude<keyof Scorm12Policy, "longestText">, string>> = {
  strictLengths: "compatibility.strict_lengths",
  strictIdentifiers: "compatibility.strict_identifiers",
  strictTimespans: "compatibility.strict_timespans",
  strictFeedback: "compatibility.strict_feedback",
  masteryOverridesStatus: "compatibility.mastery_overrides_status",
  masteryOverridesIncomplete: "compatibility.mastery_overrides_incomplete",
  closedWindowFinishes: "compatibility.closed_window_finishes",
  resumeAfterClosedWindow: "compatibility.resume_after_closed_window",
  forgetUnlessSuspended: "compatibility.forget_unless_suspended",
};

/** The data model's policy under some settings. */
export function policyOf(settings: Settings): Scorm12Policy {
  const given = Object.entries(policySettings).flatMap(([flag, id]) => {
    const value = settings[id];
    return value === "true" || value === "false" ? [[flag, value === "true"]] : [];
  });
  return { ...lenientPolicy, ...Object.fromEntries(given) };
}

const scoreRules: Readonly<Record<string, RollUpPolicy["score"]>> = {
  average_of_scored: "averageOfScored",
  average_of_all: "averageOfAll",
  highest: "highest",
};

/** How several activities become one result under some settings. */
export function rollUpOf(settings: Settings): RollUpPolicy {
  return {
    failedIsCompleted: flag(settings["rollup.failed_is_completed"], defaultRollUp.failedIsCompleted),
    browsedIsCompleted: flag(settings["rollup.browsed_is_completed"], defaultRollUp.browsedIsCompleted),
    score: scoreRules[settings["rollup.score"] ?? ""] ?? defaultRollUp.score,
  };
}

function flag(value: string | undefined, otherwise: boolean): boolean {
  return value === "true" || (value !== "false" && otherwise);
}
