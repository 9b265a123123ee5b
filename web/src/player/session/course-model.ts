import { contentsOf, hasContents } from "../contents/contents-model.ts";
import { neighboursOf } from "../contents/where-to-go.ts";
import type { CourseModel } from "../view/player-model.ts";
import type { CourseSession } from "./course-session.ts";

/** The course as the screen shows it; `secondsHere` is how long this launch has been open. */
export function courseModel(session: CourseSession, secondsHere: number): CourseModel {
  const { outline, courseTitle } = session.opened;
  const { previous, next } = neighbours(session);
  return {
    title: courseTitle || outline.title,
    settings: session.settings,
    reviewing: session.reviewing,
    contents: hasContents(outline) ? contentsOf(outline, session.state(), session.activity) : [],
    previous: previous !== undefined,
    next: next !== undefined,
    result: session.result(),
    minutes: Math.floor((session.secondsBefore + secondsHere) / 60),
  };
}

/** The activities before and after the one on the stage, or the one that was there last. */
export function neighbours(session: CourseSession): ReturnType<typeof neighboursOf> {
  const state = session.state();
  return neighboursOf(session.opened.outline, state, session.activity || state.current);
}
