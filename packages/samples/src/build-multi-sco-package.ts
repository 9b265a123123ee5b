import { buildScorm12Package } from "./build-scorm12-package.ts";
import type { ZipContent } from "./build-zip.ts";
import { lessonPage, testPage } from "./course-page.ts";
import { readCourseFiles, readCourseText } from "./read-course-files.ts";

const LESSONS = {
  "personal-data": "What counts as personal data?",
  principles: "Seven principles on one page",
  sharing: "Sharing and keeping data",
  "when-it-happens": "When something goes wrong",
} as const;

const COURSE = "Data protection in daily work";
const TEST_TITLE = "Final test";

/** "Data protection in daily work": four lessons in two chapters and a final test that opens after them. SCORM 1.2. */
export async function buildMultiScoPackage(): Promise<Buffer> {
  const lesson = (identifier: keyof typeof LESSONS, prerequisites?: string) => ({
    identifier,
    title: LESSONS[identifier],
    href: `${identifier}.html`,
    ...(prerequisites ? { prerequisites } : {}),
  });
  return buildScorm12Package(
    {
      identifier: "org.coursemesh.samples.data-protection",
      title: COURSE,
      description: "What personal data are, how to handle them, and what to do when something goes wrong.",
      keywords: ["data protection", "privacy", "compliance"],
      typicalLearningTime: "PT20M",
      items: [
        {
          identifier: "basics",
          title: "The basics",
          items: [lesson("personal-data"), lesson("principles", "personal-data")],
        },
        {
          identifier: "practice",
          title: "In practice",
          items: [lesson("sharing", "basics"), lesson("when-it-happens", "basics")],
        },
        {
          identifier: "test",
          title: TEST_TITLE,
          href: "test.html",
          prerequisites: "personal-data&principles&sharing&when-it-happens",
          masteryScore: 80,
        },
      ],
    },
    await courseFiles(),
  );
}

async function courseFiles(): Promise<ZipContent[]> {
  const lessons = await Promise.all(
    Object.entries(LESSONS).map(async ([identifier, title]) => {
      const body = await readCourseText(`data-protection/${identifier}.html`);
      return {
        path: `${identifier}.html`,
        content: lessonPage({ course: COURSE, title, body, script: "shared/lesson.js" }),
      };
    }),
  );
  const intro = await readCourseText("data-protection/test-intro.html");
  const test = {
    path: "test.html",
    content: testPage({ course: COURSE, title: TEST_TITLE, body: intro, script: "test.js" }),
  };
  const scripts = await readCourseFiles({
    "test.js": "data-protection/test.js",
    "test-questions.js": "data-protection/test-questions.js",
    "shared/lesson.js": "shared/lesson.js",
    "shared/quiz.js": "shared/quiz.js",
    "shared/session.js": "shared/scorm12.js",
    "shared/find-api.js": "shared/find-api.js",
    "shared/course.css": "shared/course.css",
  });
  return [...lessons, test, ...scripts];
}
