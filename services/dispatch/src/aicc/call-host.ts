import { describeFailure } from "@coursemesh/platform/egress/describe-failure.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { type HacpAnswer, type HacpCommand, hacpForm, readHacp } from "./hacp.ts";

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 256 * 1024;

/** What became of a call to a host. */
export type HostAnswer =
  | { readonly outcome: "accepted"; readonly answer: HacpAnswer; readonly latencyMs: number }
  | { readonly outcome: "refused"; readonly answer: HacpAnswer; readonly latencyMs: number }
  /** Nothing of the protocol came back; the text is one clause for people. */
  | { readonly outcome: "silent"; readonly description: string; readonly latencyMs: number };

/** Calls an AICC host from server to server. @throws EgressRefused for an address that is not spoken to */
export async function callHost(
  egress: Egress,
  url: URL,
  call: {
    readonly command: HacpCommand;
    readonly sessionId: string;
    readonly data?: string;
    readonly signal: AbortSignal;
  },
): Promise<HostAnswer> {
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  await egress.check(url);
  try {
    const response = await egress.fetch(
      url,
      {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: hacpForm(call.command, call.sessionId, call.data),
        timeoutMs: TIMEOUT_MS,
        signal: call.signal,
      },
      MAX_BYTES,
    );
    const answer = readHacp(response.body.toString("utf8"));
    if (answer.error === "") {
      const description = response.status >= 400 ? `HTTP ${response.status}` : "it does not speak HACP there";
      return { outcome: "silent", description, latencyMs: elapsed() };
    }
    return { outcome: Number(answer.error) === 0 ? "accepted" : "refused", answer, latencyMs: elapsed() };
  } catch (error) {
    return { outcome: "silent", description: describeFailure(error), latencyMs: elapsed() };
  }
}
