import { buildScorm2004Package } from "./build-scorm2004-package.ts";
import type { ZipContent } from "./build-zip.ts";
import { lessonPage, testPage } from "./course-page.ts";
import { readCourseFiles, readCourseText } from "./read-course-files.ts";
import {
  lessonSequencing,
  posttestSequencing,
  pretestSequencing,
  rootSequencing,
  studySequencing,
} from "./remediation-sequencing.ts";
import type { Scorm2004Course } from "./scorm2004-manifest.ts";

const COURSE = "Fire safety at work";

const LESSONS = [
  { identifier: "how-fires-start", topic: "starting", title: "How fires start" },
  { identifier: "getting-out", topic: "leaving", title: "Getting everybody out" },
  { identifier: "putting-it-out", topic: "fighting", title: "Putting out a small fire" },
] as const;

const TESTS = [
  { identifier: "pretest", title: "What do you know already?" },
  { identifier: "posttest", title: "Final test" },
] as const;

const FLAME =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M16 29c-6 0-10-4-10-9 0-7 7-9 7-17 6 3 13 10 13 17 0 5-4 9-10 9Z"/></svg>';
const LESSON_END =
  '<p>That was this lesson. Press Go on for what comes next.</p><div class="actions"><button type="button" class="forward" data-testid="lesson-go-on">Go on</button></div>';

const [PRETEST, POSTTEST] = TESTS;
const TOPICS = LESSONS.map(({ topic }) => topic);

/** The activities of "Fire safety at work" and what they are sequenced by. */
export const remediationCourse: Scorm2004Course = {
  identifier: "org.coursemesh.samples.fire-safety",
  title: COURSE,
  description:
    "How fires start, how everybody gets out, and when to put one out yourself. What you know already is left out.",
  keywords: ["fire", "safety", "compliance"],
  typicalLearningTime: "PT15M",
  // Another registration begins from nothing, also for a learner who took the course last year.
  objectivesGlobalToSystem: false,
  sequencing: rootSequencing,
  items: [
    { ...PRETEST, href: "pretest.html", sequencing: pretestSequencing(TOPICS) },
    {
      identifier: "study",
      title: "What you need",
      sequencing: studySequencing,
      items: [
        ...LESSONS.map(({ identifier, title, topic }) => ({
          identifier,
          title,
          href: `${identifier}.html`,
          sequencing: lessonSequencing(topic),
        })),
        { ...POSTTEST, href: "posttest.html", sequencing: posttestSequencing(TOPICS) },
      ],
    },
  ],
};

/**
 * "Fire safety at work": a pre-test, three lessons and a final test, sequenced by objectives. SCORM 2004 4th Edition.
 *
 * A topic that a test shows to be known is an objective satisfied, and its lesson is skipped. Whoever knows all three topics before is done; whoever
 * fails the final test gets the lessons again whose topics were missed, and has three tries in all.
 */
export async function buildRemediationPackage(): Promise<Buffer> {
  return buildScorm2004Package(remediationCourse, await courseFiles());
}

async function courseFiles(): Promise<ZipContent[]> {
  const text = (name: string) => readCourseText(`fire-safety/${name}.html`);
  const look = { course: COURSE, badge: FLAME };
  const lessons = LESSONS.map(async ({ identifier, title }) => {
    const page = { ...look, title, body: await text(identifier), script: "shared/lesson.js", end: LESSON_END };
    return { path: `${identifier}.html`, content: lessonPage(page) };
  });
  const tests = TESTS.map(async ({ identifier, title }) => {
    const page = { ...look, title, body: await text(`${identifier}-intro`), script: `${identifier}.js` };
    return { path: `${identifier}.html`, content: testPage(page) };
  });
  const scripts = await readCourseFiles({
    "pretest.js": "fire-safety/pretest.js",
    "pretest-questions.js": "fire-safety/pretest-questions.js",
    "posttest.js": "fire-safety/posttest.js",
    "posttest-questions.js": "fire-safety/posttest-questions.js",
    "shared/lesson.js": "shared/lesson.js",
    "shared/quiz.js": "shared/quiz.js",
    "shared/session.js": "shared/scorm2004.js",
    "shared/find-api.js": "shared/find-api.js",
    "shared/course.css": "shared/course.css",
  });
  return [...(await Promise.all([...lessons, ...tests])), ...scripts];
}
