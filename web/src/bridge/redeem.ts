import type { Gateway } from "../dispatch-protocol/gateway.ts";
import { type Patience, patiently } from "../dispatch-protocol/patiently.ts";
import { randomUuid } from "../dispatch-protocol/random-uuid.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";

/** What a code is traded for. */
export interface Redeemed {
  /** Address of the player. */
  readonly playerUrl: string;
  /** Key of the launch for messages with the package's page. */
  readonly secret: string;
  /** Origin of the package's page; empty when there is none behind this page. */
  readonly pageOrigin: string;
  readonly sessionToken: string;
  readonly courseTitle: string;
}

/**
 * Trades a code, which works once. An answer that was lost is asked for again by the same request, which the server recognizes.
 * @param parentOrigin origin of the page that shows this one; empty when nobody does.
 */
export async function redeem(
  gateway: Gateway,
  code: string,
  parentOrigin: string,
  patience: Patience,
): Promise<Redeemed> {
  const requestId = randomUuid();
  const answer = await patiently(() => gateway.post("exchanges/redeem", { code, parentOrigin, requestId }), patience);
  const text = (name: string) => (typeof answer[name] === "string" ? answer[name] : "");
  const playerUrl = text("playerUrl");
  if (!/^https?:\/\//i.test(playerUrl)) throw new LaunchError(500, "ANSWER_INVALID", "the answer has no address");
  return {
    playerUrl,
    secret: text("bridgeSecret"),
    pageOrigin: text("bridgeOrigin"),
    sessionToken: text("sessionToken"),
    courseTitle: text("courseTitle"),
  };
}
