import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { LicenceTermsSchema, RefusalReason, UsageRule } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { describe, expect, it } from "vitest";
import { effectiveTerms } from "./effective-terms.ts";
import { type AdmissionFacts, type LicensedSubject, mayAdmit } from "./may-admit.ts";

const now = new Date("2026-05-05T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const days = (count: number): Date => new Date(now.getTime() + count * DAY_MS);
const at = (count: number) => timestampFromDate(days(count));

type Wishes = Partial<Omit<LicensedSubject, "terms">> & { terms?: MessageInitShape<typeof LicenceTermsSchema> };
const subject = ({ terms, ...more }: Wishes = {}): LicensedSubject => ({
  enabled: true,
  used: 0,
  seatsTaken: 0,
  seated: false,
  ...more,
  terms: effectiveTerms(create(LicenceTermsSchema, terms)),
});
const facts: AdmissionFacts = {
  now,
  packageValid: true,
  host: "lms.example",
  deploymentSuspended: false,
  course: "available",
  admittedAt: undefined,
  revoked: false,
};
const reasons = new Map<number, string>(Object.entries(RefusalReason).map(([name, value]) => [value, name]));

/** What both the dispatch's and the destination's terms make of it; they must agree. */
function told(wishes: Wishes, more: Partial<AdmissionFacts> = {}): string {
  const say = (dispatch: LicensedSubject, destination: LicensedSubject): string => {
    const decision = mayAdmit(dispatch, destination, { ...facts, ...more });
    if (!decision.admitted) return reasons.get(decision.reason) ?? "";
    return decision.mayBeginAnew ? "admitted" : "may finish";
  };
  const [one, other] = [say(subject(wishes), subject()), say(subject(), subject(wishes))];
  return one === other ? one : `${one} by the dispatch, ${other} by the destination`;
}

const known = { admittedAt: days(-5) };

describe("a launch under terms of the dispatch or of the destination", () => {
  it.each<[string, Wishes, Partial<AdmissionFacts>, string]>([
    ["nothing is set", {}, {}, "admitted"],
    ["it is disabled", { enabled: false }, {}, "DISABLED"],
    ["it is disabled, the learner is in", { enabled: false }, known, "DISABLED"],
    ["the package was changed", {}, { packageValid: false }, "PACKAGE_INVALID"],
    ["the package was changed, the learner is in", {}, { ...known, packageValid: false }, "PACKAGE_INVALID"],
    ["the deployment is suspended", {}, { deploymentSuspended: true }, "DEPLOYMENT_SUSPENDED"],
    [
      "the deployment is suspended, the learner is in",
      {},
      { ...known, deploymentSuspended: true },
      "DEPLOYMENT_SUSPENDED",
    ],
    ["the domain is allowed", { terms: { allowedDomains: ["*.other", "lms.example"] } }, {}, "admitted"],
    ["the domain is another", { terms: { allowedDomains: ["lms.other"] } }, {}, "DOMAIN_NOT_ALLOWED"],
    [
      "the domain is another, the learner is in",
      { terms: { allowedDomains: ["lms.other"] } },
      known,
      "DOMAIN_NOT_ALLOWED",
    ],
    ["the domain cannot be seen", { terms: { allowedDomains: ["lms.other"] } }, { host: "" }, "DOMAIN_NOT_ALLOWED"],
    ["there is no LMS", { terms: { allowedDomains: ["lms.other"] } }, { host: undefined }, "admitted"],
    ["the learner was revoked", {}, { ...known, revoked: true }, "REVOKED"],
    ["the course is gone", {}, { ...known, course: "none" }, "COURSE_UNAVAILABLE"],
    ["the course is archived", {}, { course: "resume" }, "COURSE_UNAVAILABLE"],
    ["the course is archived, the learner is in", {}, { ...known, course: "resume" }, "may finish"],
    ["it expires later", { terms: { expireTime: at(1) } }, {}, "admitted"],
    ["it expires now", { terms: { expireTime: at(0) } }, {}, "PACKAGE_EXPIRED"],
    ["it has expired", { terms: { expireTime: at(-1) } }, {}, "PACKAGE_EXPIRED"],
    ["it has expired, the learner is in", { terms: { expireTime: at(-1) } }, known, "may finish"],
    ["it has expired and ends access", { terms: { expireTime: at(-1), revokeOnEnd: true } }, known, "PACKAGE_EXPIRED"],
    ["it ends access later", { terms: { expireTime: at(1), revokeOnEnd: true } }, known, "admitted"],
    ["it begins later", { terms: { startTime: at(1) } }, {}, "NOT_STARTED"],
    ["it begins now", { terms: { startTime: at(0) } }, {}, "admitted"],
    ["it begins later, the learner is in", { terms: { startTime: at(1) } }, known, "admitted"],
    ["the learner's days are over", { terms: { accessDays: 5 } }, known, "ACCESS_ENDED"],
    ["the learner has a day left", { terms: { accessDays: 6 } }, known, "admitted"],
    ["days are limited, the learner is new", { terms: { accessDays: 1 } }, {}, "admitted"],
    ["no new ones are taken", { terms: { allowNewRegistrations: false } }, {}, "NEW_REGISTRATIONS_CLOSED"],
    ["no new ones are taken, the learner is in", { terms: { allowNewRegistrations: false } }, known, "admitted"],
    ["one is left", { terms: { usageLimit: 3 }, used: 2 }, {}, "admitted"],
    ["none is left", { terms: { usageLimit: 3 }, used: 3 }, {}, "USAGE_LIMIT_EXCEEDED"],
    ["more than all are used", { terms: { usageLimit: 3 }, used: 4 }, {}, "USAGE_LIMIT_EXCEEDED"],
    ["none is left, the learner is in", { terms: { usageLimit: 3 }, used: 3 }, known, "admitted"],
    ["one seat is free", { terms: { seatLimit: 2 }, seatsTaken: 1 }, {}, "admitted"],
    ["no seat is free", { terms: { seatLimit: 2 }, seatsTaken: 2 }, {}, "SEATS_TAKEN"],
    ["no seat is free, the learner lost theirs", { terms: { seatLimit: 2 }, seatsTaken: 2 }, known, "SEATS_TAKEN"],
    [
      "no seat is free, the learner has one",
      { terms: { seatLimit: 2 }, seatsTaken: 2, seated: true },
      known,
      "admitted",
    ],
    ["seats are not limited", { seatsTaken: 900 }, {}, "admitted"],
  ])("%s", (_, wishes, more, outcome) => expect(told(wishes, more)).toBe(outcome));
});

describe("the rule", () => {
  const terms = { usageLimit: 1, expireTime: at(-1) };
  it.each([
    [UsageRule.UNSPECIFIED, "PACKAGE_EXPIRED", "USAGE_LIMIT_EXCEEDED"],
    [UsageRule.LIMITED_AND_EXPIRING, "PACKAGE_EXPIRED", "USAGE_LIMIT_EXCEEDED"],
    [UsageRule.EXPIRING, "PACKAGE_EXPIRED", "admitted"],
    [UsageRule.LIMITED, "USAGE_LIMIT_EXCEEDED", "USAGE_LIMIT_EXCEEDED"],
    [UsageRule.UNLIMITED, "admitted", "admitted"],
  ])("%s decides which of limit and expiry count", (usageRule, both, limit) => {
    expect(told({ terms: { ...terms, usageRule }, used: 1 })).toBe(both);
    expect(told({ terms: { usageLimit: 1, usageRule }, used: 1 })).toBe(limit);
  });
});

it("gives the reason that lasts before the one that passes", () => {
  const everything: Wishes = {
    enabled: false,
    terms: {
      usageLimit: 1,
      seatLimit: 1,
      expireTime: at(-1),
      startTime: at(1),
      allowedDomains: ["lms.other"],
      allowNewRegistrations: false,
    },
    used: 1,
    seatsTaken: 1,
  };
  const order: string[] = [];
  const cures: (() => void)[] = [
    () => Object.assign(everything, { enabled: true }),
    () => Object.assign(everything.terms ?? {}, { allowedDomains: [] }),
    () => Object.assign(everything.terms ?? {}, { expireTime: undefined }),
    () => Object.assign(everything.terms ?? {}, { startTime: undefined }),
    () => Object.assign(everything.terms ?? {}, { allowNewRegistrations: true }),
    () => Object.assign(everything, { used: 0 }),
    () => Object.assign(everything, { seatsTaken: 0 }),
  ];
  for (const cure of cures) {
    order.push(told(everything));
    cure();
  }
  expect([...order, told(everything)]).toEqual([
    "DISABLED",
    "DOMAIN_NOT_ALLOWED",
    "PACKAGE_EXPIRED",
    "NOT_STARTED",
    "NEW_REGISTRATIONS_CLOSED",
    "USAGE_LIMIT_EXCEEDED",
    "SEATS_TAKEN",
    "admitted",
  ]);
});

it("needs both to agree", () => {
  const open = subject();
  const full = subject({ terms: { seatLimit: 1 }, seatsTaken: 1 });
  const over = subject({ terms: { expireTime: at(-1) } });
  expect(mayAdmit(full, over, facts)).toEqual({ admitted: false, reason: RefusalReason.PACKAGE_EXPIRED });
  expect(mayAdmit(over, full, facts)).toEqual({ admitted: false, reason: RefusalReason.PACKAGE_EXPIRED });
  expect(mayAdmit(open, open, facts)).toEqual({ admitted: true, mayBeginAnew: true });
});
