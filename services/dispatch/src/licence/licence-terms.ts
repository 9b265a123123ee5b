import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  type LicenceTerms,
  LicenceTermsSchema,
  UsageRule,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { readDomain } from "./read-domain.ts";

/** Terms as columns: the message, and what lists and admissions need of it. */
export interface TermsColumns {
  readonly terms: Buffer;
  readonly usage_limit: number;
  readonly seat_limit: number;
  readonly seat_idle_seconds: number;
  readonly starts_at: Date | null;
  readonly expires_at: Date | null;
}

/**
 * Terms as they hold: domains in one form, new registrations allowed unless said otherwise, the rule in accord with limit and expiry.
 * @param field where the terms stand in the request, for errors
 * @param ruleGiven the rule was chosen now: it decides, and what it does not speak of is dropped. Otherwise it follows from limit and expiry.
 * @throws FIELD_INVALID
 */
export function normalTerms(given: LicenceTerms | undefined, field: string, ruleGiven: boolean): LicenceTerms {
  const terms = given === undefined ? create(LicenceTermsSchema) : clone(LicenceTermsSchema, given);
  terms.allowNewRegistrations ??= true;
  terms.allowedDomains = [...new Set(terms.allowedDomains.map((text) => readDomain(text, `${field}.allowed_domains`)))];
  applyRule(terms, field, ruleGiven && terms.usageRule !== UsageRule.UNSPECIFIED);
  const { startTime, expireTime } = terms;
  if (startTime && expireTime && timestampDate(startTime) >= timestampDate(expireTime))
    throw fieldInvalid(`${field}.expire_time`, "must be after start_time");
  return terms;
}

function applyRule(terms: LicenceTerms, field: string, chosen: boolean): void {
  const { usageRule } = terms;
  const limited = usageRule === UsageRule.LIMITED || usageRule === UsageRule.LIMITED_AND_EXPIRING;
  const expiring = usageRule === UsageRule.EXPIRING || usageRule === UsageRule.LIMITED_AND_EXPIRING;
  if (!chosen) {
    terms.usageRule = ruleOf(terms.usageLimit > 0, terms.expireTime !== undefined);
    return;
  }
  if (limited && terms.usageLimit === 0) throw fieldInvalid(`${field}.usage_limit`, "this rule needs a limit");
  if (expiring && terms.expireTime === undefined) throw fieldInvalid(`${field}.expire_time`, "this rule needs a time");
  if (!limited) terms.usageLimit = 0;
  if (!expiring) delete terms.expireTime;
}

function ruleOf(limited: boolean, expiring: boolean): UsageRule {
  if (limited) return expiring ? UsageRule.LIMITED_AND_EXPIRING : UsageRule.LIMITED;
  return expiring ? UsageRule.EXPIRING : UsageRule.UNLIMITED;
}

export function termsColumns(terms: LicenceTerms): TermsColumns {
  return {
    terms: Buffer.from(toBinary(LicenceTermsSchema, terms)),
    usage_limit: terms.usageLimit,
    seat_limit: terms.seatLimit,
    seat_idle_seconds: terms.seatIdleSeconds,
    starts_at: terms.startTime ? timestampDate(terms.startTime) : null,
    expires_at: terms.expireTime ? timestampDate(terms.expireTime) : null,
  };
}

export function readTerms({ terms }: { readonly terms: Uint8Array }): LicenceTerms {
  return fromBinary(LicenceTermsSchema, terms);
}
