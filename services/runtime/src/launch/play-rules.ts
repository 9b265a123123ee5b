import { lenientPolicy, type Scorm12Policy } from "@coursemesh/scorm/cmi12/policy.ts";
import { lenientPolicy as lenient2004, type Scorm2004Policy } from "@coursemesh/scorm/cmi2004/policy.ts";
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
  return { ...lenientPolicy, ...flagsOf(policySettings, settings) };
}

/** The flags that settings give. */
function flagsOf(ids: Readonly<Record<string, string>>, settings: Settings): Record<string, boolean> {
  const given = Object.entries(ids).flatMap(([name, id]) => {
    const value = settings[id];
    return value === "true" || value === "false" ? [[name, value === "true"]] : [];
  });
  return Object.fromEntries(given);
}

/** Settings that change how the SCORM 2004 data model answers. */
const policy2004Settings: Readonly<Record<Exclude<keyof Scorm2004Policy, "longestText" | "longestList">, string>> = {
  strictIdentifiers: "compatibility.strict_identifiers",
  strictResponses: "compatibility.strict_feedback",
  strictPatternSets: "compatibility.strict_pattern_sets",
  strictTimes: "compatibility.strict_timespans",
  strictLanguages: "compatibility.strict_languages",
  strictNumbers: "compatibility.strict_numbers",
};

/** The SCORM 2004 data model's policy under some settings. */
export function policy2004Of(settings: Settings): Scorm2004Policy {
  return { ...lenient2004, ...flagsOf(policy2004Settings, settings) };
}

/** What becomes of a SCORM 2004 course whose window is closed without a word: the next launch resumes it, unless the setting says otherwise. */
export function resumesAfterClosedWindow(settings: Settings): boolean {
  return flag(settings["compatibility.resume_after_closed_window"], true);
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
