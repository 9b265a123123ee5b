import type { SettingDefinition, SettingGroup } from "./setting-definition.ts";

function flag<const Id extends string>(id: Id, group: SettingGroup, byDefault: boolean) {
  return { id, group, type: "boolean", default: byDefault } as const;
}

function choice<const Id extends string, const Choices extends readonly [string, ...string[]]>(
  id: Id,
  group: SettingGroup,
  choices: Choices,
  byDefault: Choices[number],
) {
  return { id, group, type: "choice", choices, default: byDefault } as const;
}

function number<const Id extends string>(id: Id, group: SettingGroup, minimum: number, maximum: number) {
  return { id, group, type: "number", minimum, maximum, default: minimum } as const;
}

/**
 * The settings of courses. Runtime and player read them by id at each launch; those of the groups `compatibility` and `rollup` become the
 * options of `packages/scorm` whose names are in brackets. A setting that nothing reads has no place here.
 */
export const settingDefinitions = [
  /** Where the course opens: in a frame of the player, or in a window of its own that the player opens on a click. */
  choice("launch.target", "launch", ["frame", "window"], "frame"),
  /** Width in pixels of that window; 0 leaves it to the player. */
  number("launch.window_width", "launch", 0, 10_000),
  /** Height in pixels of that window; 0 leaves it to the player. */
  number("launch.window_height", "launch", 0, 10_000),

  /** Show the player's bar with the course's title, Previous, Next and Exit. Without it, content must offer its own way out. */
  flag("navigation.show_bar", "navigation", true),
  /** Show the table of contents. A course of one activity never has one. */
  flag("navigation.show_contents", "navigation", true),
  /** Let the learner open activities from the table of contents in any order; prerequisites still hold. */
  flag("navigation.allow_choice", "navigation", true),
  /** Show how much of the course is done. */
  flag("progress.show", "navigation", true),
  /** Show the time spent. */
  flag("time.show", "navigation", true),

  /** Where the learner goes after Exit: to the launch's return address (the closing page when it has none), to the closing page, or the window closes. */
  choice("exit.page", "exit", ["return_url", "closing_page", "close_window"], "return_url"),

  /** With several SCOs, one that the learner failed counts as completed (failedIsCompleted). */
  flag("rollup.failed_is_completed", "rollup", true),
  /** With several SCOs, one that was only browsed counts as completed (browsedIsCompleted). */
  flag("rollup.browsed_is_completed", "rollup", false),
  /** The course's score from those of its SCOs: average of those that report one, average with 0 for the others, or the best (score). */
  choice("rollup.score", "rollup", ["average_of_scored", "average_of_all", "highest"], "average_of_scored"),

  /** When a launch begins a new try instead of resuming the last one. The results of earlier tries are kept. */
  choice(
    "restart.policy",
    "restart",
    ["never", "when_completed", "when_passed", "when_newer_version", "when_completed_and_newer_version"],
    "never",
  ),

  /** Tries of one registration; 0 is no limit. */
  number("limits.attempts", "limits", 0, 1_000),

  /** Keep what learners do in SCORM courses as statements in the record store, after ADL's SCORM profile. */
  flag("statements.emit", "statements", true),
  /** Whom those statements name: the learner's id, or another that stands for it everywhere in the organization. */
  choice("statements.learner", "statements", ["external_id", "pseudonym"], "external_id"),

  /** Refuse texts longer than the data model's limits, suspend_data over 4,096 characters among them; otherwise they are kept whole and noted (strictLengths). */
  flag("compatibility.strict_lengths", "compatibility", false),
  /** Refuse identifiers with white space or unprintable characters; in SCORM 2004 those that are no URI (strictIdentifiers). */
  flag("compatibility.strict_identifiers", "compatibility", false),
  /** Refuse timespans whose hours are not two to four digits; in SCORM 2004 times of another precision than the book's (strictTimespans, strictTimes). */
  flag("compatibility.strict_timespans", "compatibility", false),
  /** Refuse interaction responses that do not have the form of their type (strictFeedback, strictResponses). */
  flag("compatibility.strict_feedback", "compatibility", false),
  /** SCORM 2004: refuse a response pattern equal to another, and more than the interaction's type may have (strictPatternSets). */
  flag("compatibility.strict_pattern_sets", "compatibility", false),
  /** SCORM 2004: refuse languages that are not registered (strictLanguages). */
  flag("compatibility.strict_languages", "compatibility", false),
  /** SCORM 2004: refuse numbers with an exponent (strictNumbers). */
  flag("compatibility.strict_numbers", "compatibility", false),
  /** The mastery score decides passed or failed, whatever status the SCO set (masteryOverridesStatus). */
  flag("compatibility.mastery_overrides_status", "compatibility", true),
  /** Also when the SCO said that it is incomplete (masteryOverridesIncomplete). */
  flag("compatibility.mastery_overrides_incomplete", "compatibility", false),
  /** A window that was closed ends the session by the same status rules as LMSFinish; otherwise an unset status becomes `incomplete` (closedWindowFinishes). */
  flag("compatibility.closed_window_finishes", "compatibility", true),
  /**
   * After a window was closed before the course said how it exits, the next launch enters with `resume` (resumeAfterClosedWindow). The book
   * says an empty entry, with which some courses ignore the bookmark they had kept; a learner whose browser crashed would begin again.
   */
  flag("compatibility.resume_after_closed_window", "compatibility", true),
  /** A session that did not end with `suspend` begins anew: location, suspend data, comments, objectives and interactions are forgotten (forgetUnlessSuspended). */
  flag("compatibility.forget_unless_suspended", "compatibility", false),
] as const satisfies readonly SettingDefinition[];

/** Id of a setting. */
export type SettingId = (typeof settingDefinitions)[number]["id"];

const byId = new Map<string, SettingDefinition>(settingDefinitions.map((definition) => [definition.id, definition]));

/** A setting by its id, undefined for unknown ones. */
export function findSettingDefinition(id: string): SettingDefinition | undefined {
  return byId.get(id);
}
