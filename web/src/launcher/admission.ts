import { type Refusal, readRefusal } from "../dispatch-pages/refusal.ts";
import { isRecord, type PendingResult, readPendingResult } from "../dispatch-protocol/host-result.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";
import { type HostOptions, readHostOptions } from "./host/host-options.ts";

/** A launch that may begin. */
export interface Admission {
  /** Address of the bridge's page with the code, which works once, in its fragment. */
  readonly address: string;
  /** Origin that the bridge's messages must come from. */
  readonly bridgeOrigin: string;
  /** Token for the host's suspend_data. */
  readonly instanceToken: string;
  /** Key of this launch for messages and callbacks. */
  readonly bridgeSecret: string;
  readonly options: HostOptions;
  /** What the host has not taken so far: the newest of it. */
  readonly pending: PendingResult | undefined;
  /** Token for receipts, callbacks and results. */
  readonly sessionToken: string;
}

/** What came of asking for a launch. */
export type Outcome =
  | { readonly kind: "admitted"; readonly admission: Admission }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Reads the answer to an exchange. @throws LaunchError when it is neither of the two. */
export function readOutcome(answer: Readonly<Record<string, unknown>>): Outcome {
  if (isRecord(answer.refusal)) return { kind: "refused", refusal: readRefusal(answer.refusal) };
  const { admission } = answer;
  if (!isRecord(admission)) throw new LaunchError(500, "ANSWER_INVALID", "the answer has no outcome");
  const text = (name: string) => (typeof admission[name] === "string" ? admission[name] : "");
  const playerUrl = text("playerUrl");
  const pending = Array.isArray(admission.pendingResults) ? admission.pendingResults : [];
  if (!/^https?:\/\//i.test(playerUrl)) throw new LaunchError(500, "ANSWER_INVALID", "the answer has no address");
  const address = new URL(playerUrl);
  if (text("code") !== "") address.hash = text("code");
  return {
    kind: "admitted",
    admission: {
      address: address.href,
      bridgeOrigin: text("playerOrigin") || address.origin,
      instanceToken: text("instanceToken"),
      bridgeSecret: text("bridgeSecret"),
      options: readHostOptions(admission.hostOptions, admission.windowMode),
      pending: newestOf(pending.map(readPendingResult)),
      sessionToken: text("sessionToken"),
    },
  };
}

/** The result with the highest sequence. */
export function newestOf(results: readonly (PendingResult | undefined)[]): PendingResult | undefined {
  return results.reduce(
    (newest, result) => (result && result.sequence > (newest?.sequence ?? 0) ? result : newest),
    undefined,
  );
}
