/** What a page of the multi-SCO course is made of. */
export interface CoursePage {
  readonly title: string;
  /** HTML of the content, from the courses folder. */
  readonly body: string;
  readonly script: string;
}

const BADGE =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M16 3c4 3 8 3.5 11 3.5C27 18 24 25 16 29 8 25 5 18 5 6.5 8 6.5 12 6 16 3Z"/><path d="m11 16 4 4 7-8"/></svg>';

/** A lesson: its pages one at a time, with buttons to go on and back. */
export function lessonPage({ title, body, script }: CoursePage): string {
  return frame(
    title,
    script,
    "lesson-progress",
    `    <div class="card" data-testid="lesson">
${body}      <p class="hint" data-end data-testid="lesson-end" hidden>That was this lesson. Choose the next one in the table of contents.</p>
      <div class="actions">
        <button type="button" class="quiet" data-testid="lesson-back" hidden>Back</button>
        <button type="button" class="forward" data-testid="lesson-next">Next</button>
      </div>
    </div>`,
  );
}

/** A test: an introduction, then the questions. */
export function testPage({ title, body, script }: CoursePage): string {
  return frame(
    title,
    script,
    "quiz-progress",
    `    <section class="card" data-intro data-testid="quiz-intro">
${body}    </section>
    <section class="card" data-screen hidden></section>`,
  );
}

function frame(title: string, script: string, progress: string, main: string): string {
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
      ${BADGE}
      <span class="course">Data protection in daily work</span>
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
