import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import {
  type LicenceTerms,
  LicenceTermsSchema,
  UsageRule,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { describe, expect, it } from "vitest";
import { normalTerms, readTerms, termsColumns } from "./licence-terms.ts";

type Init = MessageInitShape<typeof LicenceTermsSchema>;

const soon = timestampFromMs(1_000);
const terms = (init: Init, ruleGiven = false): LicenceTerms =>
  normalTerms(create(LicenceTermsSchema, init), "dispatch.terms", ruleGiven);

describe("normalTerms", () => {
  it("lets new learners in unless it is forbidden", () => {
    expect(normalTerms(undefined, "terms", false).allowNewRegistrations).toBe(true);
    expect(terms({ allowNewRegistrations: false }).allowNewRegistrations).toBe(false);
  });

  it.each<[string, Init, UsageRule]>([
    ["nothing", {}, UsageRule.UNLIMITED],
    ["a limit", { usageLimit: 1 }, UsageRule.LIMITED],
    ["an expiry", { expireTime: soon }, UsageRule.EXPIRING],
    ["both", { usageLimit: 1, expireTime: soon }, UsageRule.LIMITED_AND_EXPIRING],
    // A rule of before does not outlive a change of limit or expiry.
    ["a limit after none", { usageRule: UsageRule.UNLIMITED, usageLimit: 1 }, UsageRule.LIMITED],
  ])("reads the rule from %s", (_, init, rule) => {
    expect(terms(init).usageRule).toBe(rule);
  });

  it("drops what a chosen rule does not speak of", () => {
    const both = { usageLimit: 5, expireTime: soon };
    expect(terms({ ...both, usageRule: UsageRule.LIMITED }, true).expireTime).toBeUndefined();
    expect(terms({ ...both, usageRule: UsageRule.EXPIRING }, true)).toMatchObject({ usageLimit: 0, expireTime: soon });
    expect(terms({ ...both, usageRule: UsageRule.UNLIMITED }, true)).toMatchObject({ usageLimit: 0 });
    expect(terms(both, true).usageRule).toBe(UsageRule.LIMITED_AND_EXPIRING);
  });

  it.each<[string, Init]>([
    ["a rule without its limit", { usageRule: UsageRule.LIMITED }],
    ["a rule without its expiry", { usageRule: UsageRule.EXPIRING }],
    ["half of a rule", { usageRule: UsageRule.LIMITED_AND_EXPIRING, usageLimit: 3 }],
    ["an end before the start", { startTime: timestampFromMs(1_000), expireTime: soon }],
    ["what is no host", { allowedDomains: ["a b"] }],
  ])("refuses %s", (_, init) => {
    let reason: string | undefined;
    try {
      terms(init, true);
    } catch (error) {
      reason = reasonOf(error);
    }
    expect(reason).toBe("FIELD_INVALID");
  });

  it("keeps each domain once, in one form", () => {
    const allowedDomains = ["LMS.example.com", "https://lms.example.com/x", "*.Example.com."];
    expect(terms({ allowedDomains }).allowedDomains).toEqual(["lms.example.com", "*.example.com"]);
  });
});

it("comes back from its columns as it was", () => {
  const given = terms({ usageLimit: 7, seatLimit: 3, seatIdleSeconds: 60, expireTime: soon, revokeOnEnd: true });
  const columns = termsColumns(given);
  expect(columns).toMatchObject({ usage_limit: 7, seat_limit: 3, seat_idle_seconds: 60, starts_at: null });
  expect(columns.expires_at?.getTime()).toBe(1_000);
  expect(readTerms(columns)).toEqual(given);
});
