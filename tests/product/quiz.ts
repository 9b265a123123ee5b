import { readFileSync } from "node:fs";
import type { Frame, Page } from "playwright-core";

/** Right answers of the sample quiz by question id, read from the course itself so that texts may change. */
export interface QuizKey {
  readonly ids: readonly string[];
  readonly right: Readonly<Record<string, readonly string[]>>;
  readonly all: Readonly<Record<string, readonly string[]>>;
}

/** Reads the questions of the sample quiz, or of another test of the samples. */
export async function quizKey(path = "phishing/questions.js"): Promise<QuizKey> {
  const source = readFileSync(new URL(`../../packages/samples/courses/${path}`, import.meta.url), "utf8");
  const { questions } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    questions: { id: string; right: string[]; options?: [string, string][] }[];
  };
  return {
    ids: questions.map((question) => question.id),
    right: Object.fromEntries(questions.map((question) => [question.id, question.right])),
    all: Object.fromEntries(
      questions.map((question) => [question.id, (question.options ?? []).map(([value]) => value)]),
    ),
  };
}

/** The course's own frame in the player. */
export async function courseFrame(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("iframe");
  const frame = await element.contentFrame();
  if (frame === null) throw new Error("the player's frame has no document");
  return frame;
}

/** Number of the question on screen, 1-based. */
export async function questionNumber(frame: Frame): Promise<number> {
  const question = await frame.waitForSelector("[data-testid=quiz-question]");
  return Number(await question.getAttribute("data-number"));
}

/** Answers the question on screen, rightly or wrongly, and goes on to the next screen unless told to stay. */
export async function answerQuestion(
  frame: Frame,
  key: QuizKey,
  options: { rightly: boolean; stay?: boolean },
): Promise<void> {
  const question = await frame.waitForSelector("[data-testid=quiz-question]:has([data-testid=quiz-check])");
  const id = (await question.getAttribute("data-question")) ?? "";
  const right = key.right[id] ?? [];
  const wrong = (key.all[id] ?? []).filter((value) => !right.includes(value)).slice(0, 1);
  for (const value of options.rightly ? right : wrong) await frame.click(`[data-testid=quiz-option-${value}]`);
  await frame.click("[data-testid=quiz-check]");
  if (!options.stay) await frame.click("[data-testid=quiz-next]");
}
