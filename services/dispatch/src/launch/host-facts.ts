import type { HostFacts, HostLearner } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { hostOfAddress } from "../licence/allowed-domain.ts";

/** Origin of the page a launch comes from, for instance `https://lms.example.com`; empty when it cannot be seen. */
export function originOf({ origin, referrer }: HostFacts): string {
  // A sandboxed page sends `null` as its origin and may still tell where it is.
  const seen = [origin, referrer].find((address) => hostOfAddress(address) !== "");
  return seen === undefined ? "" : new URL(seen).origin;
}

/** The learner's language as one of ours; English for all others. */
export function languageOf({ language }: Pick<HostLearner, "language">): "en" | "de" {
  return /^de\b/i.test(language) ? "de" : "en";
}

/** The language as a BCP 47 tag, for instance `de-AT` where the host wrote `de_AT`; empty when it is none. */
export function localeOf({ language }: Pick<HostLearner, "language">): string {
  const tag = language.trim().replaceAll("_", "-");
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "";
  } catch {
    return "";
  }
}
