import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ActivityControlSchema,
  type NavigationControls,
  NavigationControlsSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { draftOf, isAvailable } from "@coursemesh/scorm/sequencing/draft.ts";
import { isCompleted, isSatisfied } from "@coursemesh/scorm/sequencing/objective-status.ts";
import { type TocEntry, tableOfContents } from "@coursemesh/scorm/sequencing/player-controls.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import { ValidNavigation } from "@coursemesh/scorm/sequencing/valid-navigation.ts";
import { completionOf, successOf } from "../activity/tracking.mapper.ts";
import { exceptionSentence } from "./exception-sentence.ts";

export type ControlInit = Exclude<MessageInitShape<typeof ActivityControlSchema>, { $typeName: string }> & {
  readonly activityId: string;
};

/** What a learner may ask for now. @param now milliseconds since 1970 */
export function navigationControls(session: SequencingSession, now: number, locale = ""): NavigationControls {
  const valid = new ValidNavigation(session, { now, random: () => 0 });
  const current =
    session.currentActivity === undefined ? undefined : session.course.activities[session.currentActivity];
  return create(NavigationControlsSchema, {
    continueEnabled: valid.continue(),
    previousEnabled: valid.previous(),
    exitEnabled: valid.request("exit"),
    exitAllEnabled: valid.request("exitAll"),
    suspendAllEnabled: valid.request("suspendAll"),
    abandonEnabled: valid.request("abandon"),
    abandonAllEnabled: valid.request("abandonAll"),
    hiddenUi: [...(current?.definition.hideLmsUi ?? [])],
    activities: activityControls(session, valid, now, locale),
  });
}

/** Every activity in tree order, those that are not listed too. */
function activityControls(
  session: SequencingSession,
  valid: ValidNavigation,
  now: number,
  locale: string,
): ControlInit[] {
  const environment = { now, random: () => 0 };
  const draft = draftOf(session, environment);
  const listed = new Map<string, TocEntry>();
  const list = (entry: TocEntry): void => {
    listed.set(entry.activity, entry);
    entry.children.forEach(list);
  };
  list(tableOfContents(session, valid, environment));
  return session.course.activities.map((activity) => {
    const { identifier } = activity;
    const known = listed.get(identifier);
    const exception = valid.choiceRefusal(identifier) ?? "";
    return {
      activityId: identifier,
      parentId: activity.parent?.identifier ?? "",
      title: activity.definition.title,
      choiceEnabled: valid.choice(identifier),
      jumpEnabled: valid.jump(identifier),
      hidden: known === undefined || !known.visible || !isAvailable(draft, activity),
      disabled: known?.disabled ?? false,
      current: known?.current ?? false,
      exception,
      reason: exceptionSentence(exception, locale),
      completion: completionOf(isCompleted(draft, activity)),
      success: successOf(isSatisfied(draft, activity, activity.primaryObjective)),
    };
  });
}
