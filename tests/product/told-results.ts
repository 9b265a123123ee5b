import { createHash, createHmac } from "node:crypto";
import { CallbackKind, CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import {
  type ExternalSession,
  ExternalSessionService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { LaunchService, type RedeemExchangeResponse } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { ReceiptOutcome, ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { contentRequest } from "./content-request.ts";
import { type CustomerPackage, openExchange } from "./dispatched-course.ts";
import { rpcClient } from "./rpc-client.ts";
import type { Product } from "./start-product.ts";

/** How a customer's LMS answers when it is told of a result; `silent`: it is never told. */
export type HostAnswer = "accepts" | "refuses" | "silent";

/** A learner of a customer passes a SCORM 1.2 course, and their LMS answers so. Answers the session. */
export async function passAt(
  product: Product,
  from: CustomerPackage,
  learnerId: string,
  answer: HostAnswer,
): Promise<ExternalSession> {
  const { code } = await openExchange(product, from, learnerId);
  const launches = rpcClient(product, LaunchService, "");
  const launch = await launches.redeemExchange({ code, parentOrigin: "https://lms.example.com" });
  await reportBegin(product, launch);
  await pass(launch.playerUrl.replace(/\/?$/, "/"));
  const { sessionToken } = launch;
  const pending = await launches.getPendingResults({ sessionToken, afterSequence: 0n, waitMs: 20_000 });
  const sequence = pending.results.at(-1)?.sequence;
  if (sequence === undefined) throw new Error("nothing was there to be told");
  if (answer !== "silent") await tell(product, sessionToken, sequence, answer);
  const sessions = rpcClient(product, ExternalSessionService);
  const { externalSessions } = await sessions.listExternalSessions({ dispatchId: from.dispatchId, query: learnerId });
  const [session] = externalSessions;
  if (session === undefined) throw new Error(`${learnerId} has no session`);
  return session;
}

/** As the page of a package reports it. */
async function tell(product: Product, sessionToken: string, resultSequence: bigint, answer: "accepts" | "refuses") {
  const refused = {
    outcome: ReceiptOutcome.REFUSED,
    returned: "false",
    errorCode: "351",
    errorText: "General set failure",
  };
  const taken = { outcome: ReceiptOutcome.ACCEPTED, returned: "true", errorCode: "0" };
  const calls = [
    { call: "Initialize", ...taken },
    { call: "SetValue", element: "cmi.score.raw", value: "90", resultSequence, ...taken },
    {
      ...{ call: "SetValue", element: "cmi.completion_status", value: "completed", resultSequence },
      ...(answer === "refuses" ? refused : taken),
    },
    { call: "SetValue", element: "cmi.success_status", value: "passed", resultSequence, ...taken },
    { call: "SetValue", element: "cmi.session_time", value: "PT1M30S", resultSequence, ...taken },
    { call: "Commit", resultSequence, ...taken },
  ];
  await rpcClient(product, ReceiptService, "").recordReceipts({
    sessionToken,
    receipts: calls.map((call, index) => ({ ...call, sequence: BigInt(index + 1), latencyMs: 12 + index })),
  });
}

/** The package says that it has begun, signed as docs/dispatch.md describes. */
async function reportBegin(product: Product, { sessionToken, bridgeSecret }: RedeemExchangeResponse): Promise<void> {
  const nothing = createHash("sha256").update("").digest("hex");
  const text = ["v1", sessionToken, "1", "INITIALIZE", "", "", nothing].join("\n");
  const signature = createHmac("sha256", bridgeSecret).update(text).digest();
  const callbacks = rpcClient(product, CallbackService, "");
  await callbacks.acceptCallback({ sessionToken, sequence: 1n, kind: CallbackKind.INITIALIZE, signature });
}

/** Opens the course, passes it with 90 and leaves it, as a player does. */
async function pass(playerUrl: string): Promise<void> {
  const post = async (path: string, body: unknown): Promise<string> => {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await contentRequest(playerUrl + path, options);
    if (answer.status !== 200) throw new Error(`the player was answered ${answer.status}: ${answer.body}`);
    return answer.body;
  };
  const name = JSON.parse(await post("api/open", {})).outline.activities[0].identifier;
  const at = Date.now();
  await post("api/journal?first=1", [
    [at, "", "Navigate", "choice", name, "true", "0"],
    [at, name, "Initialize", "", "", "true", "0"],
    [at, name, "SetValue", "cmi.core.score.raw", "90", "true", "0"],
    [at, name, "SetValue", "cmi.core.lesson_status", "passed", "true", "0"],
    [at, name, "Commit", "", "", "true", "0"],
  ]);
  await post("api/close", { end: "EXIT" });
}
