import type { CourseOutline } from "../course/course-outline.ts";
import type { CourseResult } from "../course/roll-up.ts";
import { courseResult2004 } from "./course-result.ts";
import type { Instance2004State } from "./instance-state.ts";
import type { Launch2004Context } from "./launch-context.ts";
import { Scorm2004Instance } from "./live-instance.ts";
import { CLOSED, navigationOf } from "./navigation-of.ts";
import { preparedCourse } from "./prepared-course.ts";

/** The course's result when the window is gone without a word, as sequencing will decide it when the course is opened again. */
export function closedResult2004(
  outline: CourseOutline,
  context: Launch2004Context,
  state: Instance2004State,
): CourseResult {
  return courseResult2004(outline, state, navigationOf(CLOSED, "", preparedCourse(outline), context));
}

/** The instance when the window is gone without a word: its session has ended, and what follows is still to be asked. */
export function closedInstance2004(
  outline: CourseOutline,
  context: Launch2004Context,
  state: Instance2004State,
): Instance2004State {
  const live = new Scorm2004Instance(outline, context, state);
  live.navigate(state.seq + 1, 0, CLOSED, "");
  return live.state(state.seq + 1);
}
