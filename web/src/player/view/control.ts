import type { ControlState } from "@coursemesh/scorm/sequencing/player-controls.ts";
import { setAttribute } from "./element.ts";

/** A control that leads nowhere now stays where it is and can be reached, but does nothing. */
export function setState(control: HTMLElement, state: ControlState | undefined, waiting: boolean): void {
  control.hidden = state === undefined || state === "hidden";
  setAttribute(control, "aria-disabled", state === "disabled" || waiting ? "true" : undefined);
}

/** Passes a click on unless its control is disabled. */
export function whenEnabled(action: () => void): (event: Event) => void {
  return ({ currentTarget }) => {
    if (!(currentTarget instanceof Element) || currentTarget.ariaDisabled !== "true") action();
  };
}
