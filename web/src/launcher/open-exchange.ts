import type { Gateway } from "../dispatch-protocol/gateway.ts";
import { type HostResult, hostResultJson } from "../dispatch-protocol/host-result.ts";
import { type Patience, patiently } from "../dispatch-protocol/patiently.ts";
import { randomUuid } from "../dispatch-protocol/random-uuid.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";
import { type Outcome, readOutcome } from "./admission.ts";
import type { HeldResult } from "./host/dialect.ts";
import type { HostLearner } from "./host/host.ts";
import type { LauncherPackage } from "./launcher-package.ts";

/** What the server is told about a launch. Names are in the body only. */
export interface ExchangeFacts {
  readonly pack: LauncherPackage;
  readonly learner: HostLearner;
  readonly held: HeldResult;
  readonly lmsProduct: string;
  readonly apiVersion: string;
}

/** A minute after which the same request is a new one. */
const sameRequestFor = 50_000;

/** Asks for a launch until there is an answer. A repeat within the minute asks the same question, so that it counts once. */
export async function openExchange(
  gateway: Gateway,
  facts: ExchangeFacts,
  patience: Patience,
  now: () => number = Date.now,
): Promise<Outcome> {
  let requestId = randomUuid();
  let since = now();
  return patiently(async () => {
    if (now() - since > sameRequestFor) {
      requestId = randomUuid();
      since = now();
    }
    return readOutcome(await gateway.post("exchanges", exchangeBody(facts, requestId)));
  }, patience);
}

/** The request as the contract's JSON. Origin, referrer, address and browser are the gateway's to say. */
export function exchangeBody(facts: ExchangeFacts, requestId: string): Record<string, unknown> {
  const { pack, learner, held, lmsProduct, apiVersion } = facts;
  return {
    requestId,
    dispatchId: pack.dispatchId,
    packageId: pack.packageId,
    packageSignature: pack.signature,
    launcherVersion: pack.launcherVersion.slice(0, 40),
    host: { lmsProduct, apiVersion },
    learner: {
      id: learner.id.slice(0, 255),
      name: learner.name.slice(0, 500),
      language: /^[A-Za-z0-9-]{2,35}$/.test(learner.language) ? learner.language : "",
    },
    instanceToken: held.instanceToken,
    freshEntry: held.freshEntry,
    hostResult: hostResultJson(resultOf(held)),
  };
}

/** Whether a failure is the server's considered answer rather than trouble on the way. */
export function isFinal(error: unknown): error is LaunchError {
  return error instanceof LaunchError && !error.passing;
}

function resultOf(held: HeldResult): HostResult {
  const { completion, success, scoreRaw, scoreMin, scoreMax, totalSeconds, location } = held;
  return {
    completion,
    success,
    ...(scoreRaw !== undefined && { scoreRaw }),
    ...(scoreMin !== undefined && { scoreMin }),
    ...(scoreMax !== undefined && { scoreMax }),
    totalSeconds: Math.floor(totalSeconds ?? 0),
    location: location.slice(0, 255),
  };
}
