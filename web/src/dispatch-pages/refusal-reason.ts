const REASONS = [
  "PACKAGE_EXPIRED",
  "USAGE_LIMIT_EXCEEDED",
  "SEATS_TAKEN",
  "DISABLED",
  "NOT_STARTED",
  "DOMAIN_NOT_ALLOWED",
  "NEW_REGISTRATIONS_CLOSED",
  "ACCESS_ENDED",
  "REVOKED",
  "PACKAGE_INVALID",
  "EXCHANGE_INVALID",
  "DEPLOYMENT_SUSPENDED",
  "RATE_LIMITED",
  "COURSE_UNAVAILABLE",
] as const;

/** Why a launch is refused. */
export type RefusalReason = (typeof REASONS)[number];

/** A reason from the contract's JSON; undefined for one that this page does not know. */
export function readRefusalReason(value: unknown): RefusalReason | undefined {
  const name = String(value).replace(/^REFUSAL_REASON_/, "");
  return REASONS.find((reason) => reason === name);
}
