import type { CourseSession } from "../session/course-session.ts";
import type { CourseModel } from "./player-model.ts";

/** The course as the screen shows it; `secondsHere` is how long this launch has been open. */
export function courseModel(session: CourseSession, secondsHere: number): CourseModel {
  return {
    title: session.opened.courseTitle || session.opened.outline.title,
    activityTitle: session.titleOf(session.activity),
    standard: session.opened.outline.standard,
    settings: session.settings,
    reviewing: session.reviewing,
    contents: session.contents(),
    controls: session.controls(),
    result: session.result(),
    minutes: Math.floor((session.secondsBefore + secondsHere) / 60),
  };
}
