/** What a page of a course of several SCOs is made of. */
export interface CoursePage {
  /** Title of the course. */
  readonly course: string;
  readonly title: string;
  /** HTML of the content, from the courses folder. */
  readonly body: string;
  readonly script: string;
  /** Drawing in the corner; a shield by default. */
  readonly badge?: string;
  /** What stands on the last page of a lesson. */
  readonly end?: string;
}

const SHIELD =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M16 3c4 3 8 3.5 11 3.5C27 18 24 25 16 29 8 25 5 18 5 6.5 8 6.5 12 6 16 3Z"/><path d="m11 16 4 4 7-8"/></svg>';

/** A lesson: its pages one at a time, with buttons to go on and back. */
export function lessonPage(page: CoursePage): string {
  const { body, end = "That was this lesson. Choose the next one in the table of contents." } = page;
  return frame(
    page,
    "lesson-progress",
    `    <div class="card" data-testid="lesson">
${body}      <div class="hint" data-end data-testid="lesson-end" hidden>${end}</div>
      <div class="actions">
        <button type="button" class="quiet" data-testid="lesson-back" hidden>Back</button>
        <button type="button" class="forward" data-testid="lesson-next">Next</button>
      </div>
    </div>`,
  );
}

/** A test: an introduction, then the questions. */
export function testPage(page: CoursePage): string {
  return frame(
    page,
    "quiz-progress",
    `    <section class="card" data-intro data-testid="quiz-intro">
${page.body}    </section>
    <section class="card" data-screen hidden></section>`,
  );
}

function frame({ course, title, script, badge = SHIELD }: CoursePage, progress: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="stylesheet" href="shared/course.css">
  <script type="module" src="${script}"></script>
</head>
<body>
  <main class="frame">
    <div class="top">
      ${badge}
      <span class="course">${course}</span>
      <span class="place" data-place data-testid="${progress}"></span>
    </div>
    <div class="bar" aria-hidden="true"><span data-bar></span></div>
    <p class="notice" data-connection data-testid="connection" role="status" hidden></p>
${main}
  </main>
</body>
</html>
`;
}
