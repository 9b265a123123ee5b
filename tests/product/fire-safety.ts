import type { Frame, Page } from "playwright-core";
import { answerQuestion, courseFrame, quizKey } from "./quiz.ts";

/**
 * Plays "Fire safety at work" up to its final test as somebody who knows two topics and half of the third: the pre-test satisfies two objectives,
 * the lessons on them are skipped, the third one is read.
 */
export async function playFireSafety(page: Page): Promise<void> {
  const key = await quizKey("fire-safety/pretest-questions.js");
  const pretest = await courseFrame(page);
  await pretest.click("[data-testid=quiz-start]");
  const halfKnown = key.ids.length - 1;
  for (const [at] of key.ids.entries()) await answerQuestion(pretest, key, { rightly: at !== halfKnown });
  await goOn(page, pretest, "quiz-go-on", "Putting out a small fire");
  const lesson = await courseFrame(page);
  const next = lesson.locator("[data-testid=lesson-next]");
  await lesson.waitForSelector("[data-testid=lesson]");
  while (await next.isVisible()) await next.click();
  await goOn(page, lesson, "lesson-go-on", "Final test");
  await page.getByRole("button", { name: "Save and leave" }).click();
  await page.getByRole("heading", { name: /You've left for now/ }).waitFor();
}

async function goOn(page: Page, frame: Frame, testId: string, next: string): Promise<void> {
  await frame.click(`[data-testid=${testId}]`);
  await page.locator(`iframe[title="${next} – course content"]`).waitFor();
}
