import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type {
  LicenceTerms,
  LicenceTermsSchema,
  LicenceUsage,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { z } from "zod";
import { isoOf } from "../../contract/timestamp.ts";

const time = z.iso.datetime({ offset: true });

/** Under which conditions launches are admitted. Null takes a limit away. */
export const termsSchema = z.object({
  usageLimit: z.int().min(1).nullable().describe("Registrations that may be made; null: any number."),
  seatLimit: z.int().min(1).nullable().describe("Learners at the same time; null: any number."),
  seatIdleSeconds: z.int().min(0).describe("A seat is free again this long after its last use; 0: never."),
  accessDays: z.int().min(0).describe("Days after the first launch in which a learner may come back; 0: no limit."),
  startsAt: time.nullable().describe("New registrations from this time."),
  expiresAt: time.nullable().describe("Nothing after this time."),
  allowedDomains: z.array(z.string().min(1).max(253)).max(100).describe("Hosts launches may come from; none: any."),
  allowNewRegistrations: z.boolean(),
  revokeOnEnd: z.boolean().describe("Whether learners who are in lose access when the terms end."),
});

export const usageSchema = z.object({
  used: z.int(),
  usedTotal: z.int(),
  seatsTaken: z.int(),
  refusals: z.int().describe("In the last 30 days."),
  resetAt: z.string().nullable(),
});

/** Terms of which any may be left out. */
export const givenTerms = termsSchema.partial();
type GivenTerms = z.output<typeof givenTerms>;

const PATHS: Readonly<Record<string, string>> = {
  usageLimit: "usage_limit",
  seatLimit: "seat_limit",
  seatIdleSeconds: "seat_idle_seconds",
  accessDays: "access_days",
  startsAt: "start_time",
  expiresAt: "expire_time",
  allowedDomains: "allowed_domains",
  allowNewRegistrations: "allow_new_registrations",
  revokeOnEnd: "revoke_on_end",
};

/** The terms given, for the contract. */
export function toTerms(given: GivenTerms): MessageInitShape<typeof LicenceTermsSchema> {
  const { usageLimit, seatLimit, startsAt, expiresAt, ...rest } = given;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    usageLimit: usageLimit ?? 0,
    seatLimit: seatLimit ?? 0,
    ...(startsAt && { startTime: timestampFromDate(new Date(startsAt)) }),
    ...(expiresAt && { expireTime: timestampFromDate(new Date(expiresAt)) }),
  };
}

/** Fields of the terms that are given, for an update mask. */
export function termPaths(given: GivenTerms): string[] {
  return Object.entries(PATHS).flatMap(([name, path]) => (name in given ? [`terms.${path}`] : []));
}

export function toTermsData(terms: LicenceTerms | undefined): z.output<typeof termsSchema> {
  return {
    usageLimit: terms?.usageLimit || null,
    seatLimit: terms?.seatLimit || null,
    seatIdleSeconds: terms?.seatIdleSeconds ?? 0,
    accessDays: terms?.accessDays ?? 0,
    startsAt: isoOf(terms?.startTime) ?? null,
    expiresAt: isoOf(terms?.expireTime) ?? null,
    allowedDomains: terms?.allowedDomains ?? [],
    allowNewRegistrations: terms?.allowNewRegistrations ?? true,
    revokeOnEnd: terms?.revokeOnEnd ?? false,
  };
}

export function toUsageData(usage: LicenceUsage | undefined): z.output<typeof usageSchema> {
  return {
    used: Number(usage?.used ?? 0n),
    usedTotal: Number(usage?.usedTotal ?? 0n),
    seatsTaken: usage?.seatsTaken ?? 0,
    refusals: Number(usage?.refusalCount ?? 0n),
    resetAt: isoOf(usage?.resetTime) ?? null,
  };
}
