import { lenientPolicy } from "@coursemesh/scorm/cmi12/policy.ts";
import { lenientPolicy as lenient2004, strictPolicy as strict2004 } from "@coursemesh/scorm/cmi2004/policy.ts";
import { defaultRollUp } from "@coursemesh/scorm/course/roll-up.ts";
import { expect, it } from "vitest";
import { policy2004Of, policyOf, rollUpOf } from "./play-rules.ts";

it("keeps the defaults for settings that are absent or say nothing it knows", () => {
  expect(policyOf({ "compatibility.strict_lengths": "perhaps", "launch.target": "window" })).toEqual(lenientPolicy);
  expect(rollUpOf({ "rollup.score": "magic" })).toEqual(defaultRollUp);
});

it("takes each rule from its setting", () => {
  expect(
    policyOf({ "compatibility.strict_lengths": "true", "compatibility.mastery_overrides_status": "false" }),
  ).toEqual({ ...lenientPolicy, strictLengths: true, masteryOverridesStatus: false });
  expect(rollUpOf({ "rollup.failed_is_completed": "false", "rollup.score": "highest" })).toEqual({
    ...defaultRollUp,
    failedIsCompleted: false,
    score: "highest",
  });
});

it("the settings decide how strictly SCORM 2004 is read", () => {
  expect(policy2004Of({})).toEqual(lenient2004);
  const strict = ["identifiers", "feedback", "pattern_sets", "timespans", "languages", "numbers"];
  const settings = Object.fromEntries(strict.map((name) => [`compatibility.strict_${name}`, "true"]));
  expect(policy2004Of(settings)).toEqual(strict2004);
});
