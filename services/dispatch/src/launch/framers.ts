import type { DispatchConfig } from "../config.ts";
import { frameAncestorsOf } from "../licence/allowed-domain.ts";
import { type DispatchFacts, termsOf } from "./dispatch-facts.ts";
import { type ExchangeKind, exchangeKinds } from "./launch-request.ts";

/**
 * Who may frame the page around the player, as sources of CSP: hosts of the dispatch's domains, or of its destination's where it names none.
 * An LMS in a frame of somebody else is only let through where any may.
 */
export function hostFramers(dispatch: DispatchFacts): readonly string[] {
  const terms = termsOf(dispatch);
  const own = terms.dispatch.allowedDomains;
  return frameAncestorsOf(own.length > 0 ? own : terms.destination.allowedDomains);
}

/** Who may frame the player itself: our page around it, and those around that. Links and trials have no LMS around them. */
export function framersOf(
  { PUBLIC_URL }: Pick<DispatchConfig, "PUBLIC_URL">,
  dispatch: DispatchFacts,
  kind: ExchangeKind,
): readonly string[] {
  const { origin } = new URL(PUBLIC_URL);
  const hosts = kind === exchangeKinds.package || kind === exchangeKinds.aicc ? hostFramers(dispatch) : ["*"];
  return hosts.includes("*") ? ["*"] : [origin, ...hosts];
}
