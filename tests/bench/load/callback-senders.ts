import { create, toJsonString } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { callbackSignature } from "@coursemesh/dispatch/callback/callback-signature.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { AcceptCallbackRequestSchema, CallbackKind } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { Completion } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { dispatchCourse, downloadPackage, openExchange } from "../../product/dispatched-course.ts";
import { restClient } from "../../product/rest-client.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import type { Product } from "../../product/start-product.ts";
import { type HttpConnection, httpConnection } from "./http-connection.ts";

/** A learner's package page, with a connection of its own, as so many browsers have. */
export interface CallbackSender {
  /** Signs callbacks ahead, so that the sender's own work is not measured. */
  prepare(count: number): void;
  /** Sends the next prepared callback; rejects when it was not taken. */
  send(): Promise<void>;
  close(): void;
}

/** Imports the sample quiz, dispatches it, and launches it for so many learners. */
export async function callbackSenders(product: Product, count: number): Promise<CallbackSender[]> {
  const job = await restClient(product).importCourse("bench", await buildQuizPackage());
  if (job.status !== "COMPLETE") throw new Error(`the course was not imported: ${JSON.stringify(job)}`);
  const by = { case: "externalId", value: "bench" } as const;
  const { course } = await rpcClient(product, CourseService).getCourse({ by });
  const { id } = await dispatchCourse(product, course?.id ?? "");
  const from = await downloadPackage(product, id);
  const senders: CallbackSender[] = [];
  for (let index = 0; index < count; index += 1) {
    const { sessionToken, bridgeSecret } = await openExchange(product, from, `learner-${index}`);
    senders.push(senderOf(await httpConnection(product.url), sessionToken, bridgeSecret));
  }
  return senders;
}

function senderOf(connection: HttpConnection, sessionToken: string, secret: string): CallbackSender {
  const ready: string[] = [];
  let sequence = 0;
  return {
    prepare(count) {
      for (let made = 0; made < count; made += 1) {
        sequence += 1;
        ready.push(callbackText(sessionToken, secret, sequence));
      }
    },
    async send() {
      const text = ready.shift();
      if (text === undefined) throw new Error("no callback was prepared");
      const { status, body } = await connection.post("/dispatch/v1/callbacks", text);
      if (status !== 200) throw new Error(`a callback was answered ${status}: ${body}`);
    },
    close: () => connection.close(),
  };
}

/** What a page sends when it committed a result in its host. */
function callbackText(sessionToken: string, secret: string, sequence: number): string {
  const cmi = {
    "cmi.core.lesson_status": "incomplete",
    "cmi.core.score.raw": "40",
    "cmi.core.session_time": "00:04:10",
  };
  const request = create(AcceptCallbackRequestSchema, {
    ...{ sessionToken, sequence: BigInt(sequence), kind: CallbackKind.COMMIT, time: timestampNow() },
    result: create(HostResultSchema, { completion: Completion.INCOMPLETE, scoreRaw: 40, totalSeconds: 250n }),
    cmiJson: Buffer.from(JSON.stringify(cmi)),
  });
  request.signature = callbackSignature(secret, request);
  return toJsonString(AcceptCallbackRequestSchema, request);
}
