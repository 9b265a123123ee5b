import type { CourseOutline } from "../course/course-outline.ts";
import type { ActivityIndex } from "../sequencing/activity-index.ts";
import type { ActivityTree } from "../sequencing/activity-tree.ts";
import { openSession, prepareCourse, type SequencingSession, type SequencingState } from "../sequencing/session.ts";

const courses = new WeakMap<ActivityTree, ActivityIndex>();
const sessions = new WeakMap<SequencingState, SequencingSession>();
const untouched: SequencingState = { activities: {}, globalObjectives: {} };

/** The course ready for the sequencing core; made once for an outline. @throws RangeError for an outline without activity tree. */
export function preparedCourse({ tree }: CourseOutline): ActivityIndex {
  if (tree === undefined) throw new RangeError("the outline has no activity tree");
  let course = courses.get(tree);
  if (course === undefined) {
    course = prepareCourse(tree);
    courses.set(tree, course);
  }
  return course;
}

/** The session that a state stands for; made once for a state, of a course that nobody has begun when there is none. */
export function sessionIn(course: ActivityIndex, state: SequencingState | undefined): SequencingSession {
  if (state === undefined) return openSession(course, untouched);
  const known = sessions.get(state);
  if (known?.course === course) return known;
  const session = openSession(course, state);
  sessions.set(state, session);
  return session;
}
