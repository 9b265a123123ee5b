import type { Activity, ActivityIndex } from "../activity-index.ts";
import type { SequencingSession } from "../session.ts";
import type { ToldStep } from "./explanation.ts";
import type { Texts } from "./texts.ts";

/** What there is to tell from: the steps up to a moment, oldest first, and the session as it stood then. */
export interface Story {
  readonly session: SequencingSession;
  readonly steps: readonly ToldStep[];
  readonly texts: Texts;
}

/** Title of an activity, or its identifier where it has none. */
export function titleOf(course: ActivityIndex, identifier: string): string {
  return course.byIdentifier.get(identifier)?.definition.title || identifier;
}

/** An activity that a trace names; a trace of another version of the course may name one that is gone. */
export function activityOf({ session }: Story, identifier: string | undefined): Activity | undefined {
  return identifier === undefined ? undefined : session.course.byIdentifier.get(identifier);
}
