import { create } from "@bufbuild/protobuf";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { seal } from "@coursemesh/platform/secrets/seal.ts";
import type { OpenAiccLaunchRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { HostLearnerSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { findDispatch, termsOf } from "../launch/dispatch-facts.ts";
import { exchangeKinds, type LaunchRequest } from "../launch/launch-request.ts";
import { checkPackage } from "../launch/open-exchange.ts";
import { type LaunchOutcome, openLaunch } from "../launch/open-launch.ts";
import { hostOfAddress, isDomainAllowed } from "../licence/allowed-domain.ts";
import { type AiccStart, readStart } from "./aicc-result.ts";
import { callHost } from "./call-host.ts";
import { readGroups } from "./hacp.ts";

/**
 * Opens a launch of an AICC host, which is asked who the learner is before anybody is admitted. A host that nobody vouches for, by a
 * package of ours and an allowed domain, is not called at all.
 * @throws EXCHANGE_INVALID when the host does not know the session, ADDRESS_REFUSED
 */
export async function openAiccLaunch(parts: DispatchParts, request: OpenAiccLaunchRequest): Promise<LaunchOutcome> {
  const { host: facts, aiccSid, aiccUrl } = request;
  if (facts === undefined) throw fieldInvalid("host", "is required");
  const dispatch = await findDispatch(parts.pool(), request.dispatchId);
  const from = await checkPackage(parts, dispatch, request);
  const host = hostOfAddress(aiccUrl);
  if (host === "") throw errors.addressRefused({ url: aiccUrl, description: "only http and https are reached" });
  const terms = termsOf(dispatch);
  const allowed = [terms.dispatch, terms.destination].every((it) => isDomainAllowed(it.allowedDomains, host));
  const start = from.valid && allowed ? await askHost(parts, aiccUrl, aiccSid) : undefined;
  const order: LaunchRequest = {
    // Each opening of the page is a launch of its own: the protocol has nothing that tells a repeat.
    requestId: uuidV7(),
    requestHash: "",
    kind: exchangeKinds.aicc,
    dispatchId: dispatch.id,
    package: from,
    host,
    parentOrigin: "",
    facts,
    learner: create(HostLearnerSchema, start?.learner ?? {}),
    instanceToken: start?.instanceToken ?? "",
    freshEntry: start?.freshEntry ?? true,
    aicc: { url: aiccUrl, sealedSid: seal(parts.sealKey, Buffer.from(aiccSid)) },
    returnUrl: "",
  };
  return openLaunch(parts, dispatch, order);
}

async function askHost(parts: DispatchParts, aiccUrl: string, sessionId: string): Promise<AiccStart> {
  try {
    const call = { command: "GetParam", sessionId, signal: parts.stopping } as const;
    const answer = await callHost(parts.egress, new URL(aiccUrl), call);
    if (answer.outcome !== "accepted") throw errors.exchangeInvalid();
    return readStart(readGroups(answer.answer.data));
  } catch (error) {
    if (error instanceof EgressRefused) throw errors.addressRefused({ url: aiccUrl, description: error.message });
    throw error;
  }
}
