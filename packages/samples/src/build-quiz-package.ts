import { buildScorm12Package } from "./build-scorm12-package.ts";
import { readCourseFiles } from "./read-course-files.ts";

/** "Phishing: spot the bait": one SCO, eight questions, 80% to pass. SCORM 1.2. */
export async function buildQuizPackage(): Promise<Buffer> {
  const files = await readCourseFiles({
    "index.html": "phishing/index.html",
    "start.js": "phishing/start.js",
    "questions.js": "phishing/questions.js",
    "shared/quiz.js": "shared/quiz.js",
    "shared/session.js": "shared/scorm12.js",
    "shared/find-api.js": "shared/find-api.js",
    "shared/course.css": "shared/course.css",
  });
  return buildScorm12Package(
    {
      identifier: "org.coursemesh.samples.phishing",
      title: "Phishing: spot the bait",
      description: "Eight short questions on messages that want to be believed, and on what to do about them.",
      keywords: ["security", "phishing", "e-mail"],
      typicalLearningTime: "PT6M",
      items: [{ identifier: "quiz", title: "Phishing: spot the bait", href: "index.html", masteryScore: 80 }],
    },
    files,
  );
}
