/** Why a launch is refused, as view contracts write it. */
export const REFUSALS = [
  "package_expired",
  "usage_limit_exceeded",
  "seats_taken",
  "disabled",
  "not_started",
  "domain_not_allowed",
  "new_registrations_closed",
  "access_ended",
  "revoked",
  "package_invalid",
  "exchange_invalid",
  "deployment_suspended",
  "rate_limited",
  "course_unavailable",
] as const;

export type Refusal = (typeof REFUSALS)[number];

export function refusalOf(word: string): Refusal | undefined {
  return REFUSALS.find((known) => known === word);
}
