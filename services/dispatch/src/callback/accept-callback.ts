import { toBinary } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { AcceptCallbackRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { LaunchLimit } from "../launch/launch-limit.ts";
import { bridgeSecret } from "../signing_key/bridge-secret.ts";
import { readSessionToken } from "../signing_key/session-token.ts";
import { callbackMetrics } from "./callback-metrics.ts";
import { isSignedWith } from "./callback-signature.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { CallbackAnswer, CheckedCallback } from "./write-callbacks.ts";

/** What callbacks are taken with. */
export interface CallbackIntake {
  readonly parts: DispatchParts;
  readonly limit: LaunchLimit;
  readonly commit: GroupCommit<CheckedCallback, CallbackAnswer>;
}

/**
 * Takes one call of a package. Nothing is read from the database for one that is not signed with its launch's own key.
 * @throws SESSION_TOKEN_INVALID, SIGNATURE_INVALID, RATE_LIMITED
 */
export async function acceptCallback(
  intake: CallbackIntake,
  request: AcceptCallbackRequest,
): Promise<{ readonly acknowledgedSequence: bigint; readonly stop: boolean }> {
  const started = performance.now();
  try {
    const { acknowledged, stop } = await accept(intake, request);
    callbackMetrics.taken(performance.now() - started);
    return { acknowledgedSequence: BigInt(acknowledged), stop };
  } catch (error) {
    callbackMetrics.refused(reasonOf(error) ?? "INTERNAL");
    throw error;
  }
}

async function accept(
  { parts, limit, commit }: CallbackIntake,
  request: AcceptCallbackRequest,
): Promise<{ readonly acknowledged: number; readonly stop: boolean }> {
  const receivedAt = parts.now();
  const session = await readSessionToken(parts.keys, request.sessionToken, receivedAt);
  if (session === undefined) throw errors.sessionTokenInvalid();
  const { exchangeId, key } = session;
  if (!isSignedWith(bridgeSecret(key, exchangeId), request)) throw errors.signatureInvalid();
  limit.take(exchangeId);
  const { sequence, kind, time, result, cmiJson } = request;
  const answer = await commit.write({
    exchangeId,
    sequence: Number(sequence),
    kind,
    happenedAt: time ? timestampDate(time) : null,
    receivedAt,
    result: result ? Buffer.from(toBinary(HostResultSchema, result)) : null,
    cmiJson: cmiJson.length > 0 ? Buffer.from(cmiJson) : null,
  });
  switch (answer.kind) {
    case "taken":
      return answer;
    case "gone":
      throw errors.sessionTokenInvalid();
    case "refused":
      throw errors.rateLimited({ retry_after_seconds: "60" });
  }
}
