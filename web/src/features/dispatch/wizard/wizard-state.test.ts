import { expect, it } from "vitest";
import { beginWizard, stepProblem } from "./wizard-state.ts";

const begun = beginWizard("", "");

it("does not go on without a course and a customer", () => {
  expect(stepProblem("course", begun)).toBe("courseMissing");
  expect(stepProblem("course", { ...begun, courseId: "c" })).toBeUndefined();
  expect(stepProblem("destination", begun)).toBe("destinationMissing");
  expect(stepProblem("destination", { ...begun, destinationId: "d" })).toBeUndefined();
  expect(stepProblem("destination", { ...begun, destinationKind: "new", newName: " " })).toBe("nameMissing");
  expect(stepProblem("destination", { ...begun, destinationKind: "new", newName: "ACME" })).toBeUndefined();
});

it("wants terms that end after they begin, and options that are addresses and colours", () => {
  const { form } = begun;
  const reversed = { ...form, terms: { ...form.terms, startTime: 2n, expireTime: 1n } };
  expect(stepProblem("terms", { ...begun, form: reversed })).toBe("termsWrong");
  expect(stepProblem("terms", begun)).toBeUndefined();
  const callback = { ...form, callback: { ...form.callback, url: "example" } };
  expect(stepProblem("options", { ...begun, form: callback })).toBe("optionsWrong");
  const red = { ...form, ownBranding: true, branding: { ...form.branding, primaryColor: "red" } };
  expect(stepProblem("options", { ...begun, form: red })).toBe("optionsWrong");
  expect(stepProblem("options", { ...begun, form: { ...red, ownBranding: false } })).toBeUndefined();
});
