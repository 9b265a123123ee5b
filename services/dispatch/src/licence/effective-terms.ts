import { timestampDate } from "@bufbuild/protobuf/wkt";
import { type LicenceTerms, UsageRule } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";

/** Terms as admission reads them: only what is in force. */
export interface EffectiveTerms {
  /** 0: no limit. */
  readonly usageLimit: number;
  /** 0: no limit. */
  readonly seatLimit: number;
  /** 0: a seat is never free by itself. */
  readonly seatIdleMs: number;
  /** 0: no limit. */
  readonly accessDays: number;
  readonly startsAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  readonly allowedDomains: readonly string[];
  readonly allowsNew: boolean;
  readonly revokesOnEnd: boolean;
}

const unlimited: ReadonlySet<UsageRule> = new Set([UsageRule.UNLIMITED, UsageRule.EXPIRING]);
const lasting: ReadonlySet<UsageRule> = new Set([UsageRule.UNLIMITED, UsageRule.LIMITED]);

/** What of the terms is in force. The rule says which of limit and expiry count; without one both do as far as they are set. */
export function effectiveTerms(terms: LicenceTerms): EffectiveTerms {
  const { usageRule, startTime, expireTime } = terms;
  return {
    usageLimit: unlimited.has(usageRule) ? 0 : terms.usageLimit,
    seatLimit: terms.seatLimit,
    seatIdleMs: terms.seatIdleSeconds * 1000,
    accessDays: terms.accessDays,
    startsAt: startTime && timestampDate(startTime),
    expiresAt: expireTime && !lasting.has(usageRule) ? timestampDate(expireTime) : undefined,
    allowedDomains: terms.allowedDomains,
    allowsNew: terms.allowNewRegistrations ?? true,
    revokesOnEnd: terms.revokeOnEnd,
  };
}
