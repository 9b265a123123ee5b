import { expect, it } from "vitest";
import { changesByMeaning } from "./change-order.ts";
import { decisionGroups } from "./decision-groups.ts";

it("tells rules that decided from what was only reported, roll-ups by rule behind the rest", () => {
  const made = (kind: string, rule = "") => ({ kind, rule });
  const decisions = [
    made("content"),
    made("rollup_rule", "satisfied if all"),
    made("rollup_rule"),
    made("precondition_rule", "skip if"),
    made("control_mode"),
    made("delivery_control"),
  ];
  const { decided, reported } = decisionGroups(decisions);
  expect(decided.map(({ kind }) => kind)).toEqual(["precondition_rule", "control_mode", "rollup_rule"]);
  expect(reported.map(({ kind }) => kind)).toEqual(["content", "rollup_rule", "delivery_control"]);
});

it("lists where the learner is before statuses, and clocks last", () => {
  const names = [
    "attempt absolute duration",
    "objective raw score",
    "activity is active",
    "objective satisfied status",
    "current activity",
  ];
  expect(changesByMeaning(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual(names.toReversed());
});
