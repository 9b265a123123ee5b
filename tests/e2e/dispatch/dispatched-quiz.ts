import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { type Receipt, ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import type { Frame, FrameLocator, Page } from "playwright-core";
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

/** The quiz's own document, however many frames around it. */
export async function quizFrame(page: Page): Promise<Frame> {
  for (;;) {
    const found = page.frames().find((frame) => /\/l\/[^/]+\/c\//.test(frame.url()));
    if (found) return found;
    await page.waitForEvent("framenavigated");
  }
}

/** The player's page. */
export function playerIn(page: Page): FrameLocator {
  const inLauncher = page.frameLocator("iframe").frameLocator("iframe");
  return inLauncher.frameLocator("iframe");
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
