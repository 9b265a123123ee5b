import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { type Receipt, ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Frame, Page } from "playwright-core";
import type { QuizKey } from "../../product/quiz.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import type { Product } from "../../product/start-product.ts";

/** Imports the sample quiz; answers the course's id. */
export async function importQuiz(product: Product): Promise<string> {
  const job = await restClient(product).importCourse("quiz", await buildQuizPackage());
  if (job.status !== "COMPLETE") throw new Error(`the quiz was not imported: ${JSON.stringify(job)}`);
  const { course } = await rpcClient(product, CourseService).getCourse({ by: { case: "externalId", value: "quiz" } });
  return course?.id ?? "";
}

/** The quiz's own document, in the player, in our page around it, however many frames of a platform around that. */
export async function quizFrame(page: Page): Promise<Frame> {
  const isQuiz = (frame: Frame) =>
    /\/l\/[^/]+\/c\//.test(frame.url()) &&
    frame.parentFrame()?.parentFrame()?.url().includes("/dispatch/v1/bridge/") === true;
  for (;;) {
    const found = page.frames().find(isQuiz);
    if (found) return found;
    await page.waitForEvent("framenavigated");
  }
}

/** Leaves the course by the player's own button. */
export async function leaveCourse(quiz: Frame): Promise<void> {
  await quiz.parentFrame()?.getByRole("button", { name: "Exit" }).click();
}

/** Answers questions rightly, from the one on screen to the end or for as many as are asked for. */
export async function answerRightly(frame: Frame, key: QuizKey, count = key.ids.length): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const question = await frame.waitForSelector("[data-testid=quiz-question]:has([data-testid=quiz-check])");
    const id = (await question.getAttribute("data-question")) ?? "";
    for (const value of key.right[id] ?? []) await frame.click(`[data-testid=quiz-option-${value}]`);
    await frame.click("[data-testid=quiz-check]");
    await frame.click("[data-testid=quiz-next]");
  }
}

/** Sessions of a dispatch as we have them, the last active first, with registration and acknowledgement. */
export async function sessionsOf(product: Product, dispatchId: string): Promise<ExternalSession[]> {
  const { externalSessions } = await rpcClient(product, ExternalSessionService).listExternalSessions({ dispatchId });
  return externalSessions;
}

/** Receipts of a dispatch, oldest first. */
export async function receiptsOf(product: Product, dispatchId: string): Promise<Receipt[]> {
  const { entries } = await rpcClient(product, ReceiptService).listReceipts({ dispatchId, page: { pageSize: 500 } });
  return entries.flatMap(({ receipt }) => receipt ?? []).reverse();
}
