import type { Activity } from "./activity-index.ts";
import type { HiddenControl } from "./activity-tree.ts";
import { availableChildren, draftOf, type Environment, trackingOf } from "./draft.ts";
import type { SequencingSession } from "./session.ts";
import { sequencingRulesCheck } from "./utility/up-2-sequencing-rules-check.ts";
import { checkActivity } from "./utility/up-5-check-activity.ts";
import type { ValidNavigation } from "./valid-navigation.ts";

/** How a control of the player has to look: `hidden` where `adlnav:hideLMSUI` says so, else whether using it would do something. */
export type ControlState = "hidden" | "disabled" | "enabled";

/** One line of the table of contents. */
export interface TocEntry {
  readonly activity: string;
  readonly title: string;
  /**
   * False: it is not listed. `item/@isvisible` speaks of the item alone, so what is below it is listed all the same; a rule that hides
   * from choice hides everything below, as nothing of that can be chosen (SB.2.9).
   */
  readonly visible: boolean;
  readonly current: boolean;
  /** Whether choosing it would deliver something. */
  readonly selectable: boolean;
  /** Disabled by a rule or a limit, as opposed to not being reachable by choice from here. */
  readonly disabled: boolean;
  readonly children: readonly TocEntry[];
}

/** State of each control that an activity may hide, for the current activity. */
export function controlStates(
  session: SequencingSession,
  valid: ValidNavigation,
): Readonly<Record<HiddenControl, ControlState>> {
  const { currentActivity, course } = session;
  const current = currentActivity === undefined ? undefined : course.activities[currentActivity];
  const hidden = current?.definition.hideLmsUi ?? [];
  const state = (control: HiddenControl, enabled: () => boolean): ControlState =>
    hidden.includes(control) ? "hidden" : enabled() ? "enabled" : "disabled";
  return {
    continue: state("continue", () => valid.continue()),
    previous: state("previous", () => valid.previous()),
    exit: state("exit", () => valid.request("exit")),
    exitAll: state("exitAll", () => valid.request("exitAll")),
    abandon: state("abandon", () => valid.request("abandon")),
    abandonAll: state("abandonAll", () => valid.request("abandonAll")),
    suspendAll: state("suspendAll", () => valid.request("suspendAll")),
  };
}

/** The table of contents, the root first, with available children in their order. */
export function tableOfContents(
  session: SequencingSession,
  valid: ValidNavigation,
  environment: Environment,
): TocEntry {
  const draft = draftOf(session, environment);
  const entry = (activity: Activity, hiddenAbove: boolean): TocEntry => {
    const { hiddenFromChoice } = activity.preConditionRules;
    const hidden = hiddenAbove || sequencingRulesCheck(draft, activity, hiddenFromChoice) !== undefined;
    return {
      activity: activity.identifier,
      title: activity.definition.title,
      visible: (activity.definition.visible ?? true) && !hidden,
      current: activity.index === session.currentActivity,
      selectable: valid.choice(activity.identifier),
      disabled: !trackingOf(draft, activity).active && checkActivity(draft, activity),
      children: availableChildren(draft, activity).map((child) => entry(child, hidden)),
    };
  };
  return entry(session.course.root, false);
}
