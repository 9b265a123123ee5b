import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  LicenceStatus,
  type LicenceTerms,
  type LicenceTermsSchema,
  type LicenceUsage,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type {
  TermsView,
  TermsViewSchema,
  UsageViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toTermsView(terms: LicenceTerms | undefined): MessageInitShape<typeof TermsViewSchema> {
  return {
    usageLimit: terms?.usageLimit ?? 0,
    seatLimit: terms?.seatLimit ?? 0,
    seatIdleSeconds: terms?.seatIdleSeconds ?? 0,
    accessDays: terms?.accessDays ?? 0,
    startTime: millisOf(terms?.startTime),
    expireTime: millisOf(terms?.expireTime),
    allowedDomains: terms?.allowedDomains ?? [],
    allowNewRegistrations: terms?.allowNewRegistrations ?? true,
    revokeOnEnd: terms?.revokeOnEnd ?? false,
  };
}

/** What a person entered; the rule follows from limit and expiry. */
export function toTerms(view: TermsView | undefined): MessageInitShape<typeof LicenceTermsSchema> {
  if (view === undefined) return { allowNewRegistrations: true };
  const { usageLimit, seatLimit, seatIdleSeconds, accessDays, allowedDomains } = view;
  return {
    ...{ usageLimit, seatLimit, seatIdleSeconds, accessDays, allowedDomains },
    allowNewRegistrations: view.allowNewRegistrations,
    revokeOnEnd: view.revokeOnEnd,
    ...(view.startTime > 0n && { startTime: timestampFromMs(Number(view.startTime)) }),
    ...(view.expireTime > 0n && { expireTime: timestampFromMs(Number(view.expireTime)) }),
  };
}

export function toUsageView(usage: LicenceUsage | undefined): MessageInitShape<typeof UsageViewSchema> {
  return {
    used: usage?.used ?? 0n,
    usedTotal: usage?.usedTotal ?? 0n,
    seatsTaken: usage?.seatsTaken ?? 0,
    resetTime: millisOf(usage?.resetTime),
    status: textOfEnum(LicenceStatus, usage?.status ?? 0),
    refusalCount: usage?.refusalCount ?? 0n,
  };
}
