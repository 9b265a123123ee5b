import type { Format } from "../api/packages.ts";
import { type DispatchForm, dispatchFormOf, isDispatchFormGood } from "../form/draft.ts";

export const STEPS = ["course", "destination", "terms", "options", "package"] as const;
export type Step = (typeof STEPS)[number];

/** What has been chosen so far; it stays through all steps, in both directions. */
export interface WizardState {
  readonly courseId: string;
  readonly destinationKind: "existing" | "new";
  readonly destinationId: string;
  readonly newName: string;
  readonly newEmail: string;
  readonly form: DispatchForm;
  readonly format: Format;
}

/** A wizard that begins with what its address names. */
export function beginWizard(courseId: string, destinationId: string): WizardState {
  return {
    courseId,
    destinationKind: "existing",
    destinationId,
    newName: "",
    newEmail: "",
    form: dispatchFormOf(undefined),
    format: "scorm12",
  };
}

/** What is missing or wrong in a step; undefined when it is possible to go on. */
export function stepProblem(
  step: Step,
  state: WizardState,
): "courseMissing" | "destinationMissing" | "nameMissing" | "termsWrong" | "optionsWrong" | undefined {
  switch (step) {
    case "course":
      return state.courseId === "" ? "courseMissing" : undefined;
    case "destination":
      if (state.destinationKind === "new") return state.newName.trim() === "" ? "nameMissing" : undefined;
      return state.destinationId === "" ? "destinationMissing" : undefined;
    case "terms":
      return isDispatchFormGood({ ...state.form, ownBranding: false }) ? undefined : "termsWrong";
    case "options":
      return isDispatchFormGood(state.form) ? undefined : "optionsWrong";
    case "package":
      return undefined;
  }
}
