import type { NavigationRequest } from "../sequencing/request.ts";
import type { Scorm2004Behaviour } from "./behaviour.ts";

const targeted = /^\{target=([^{}]+)\}(choice|jump)$/;

/** What a valid value of `adl.nav.request` asks for; undefined for `_none_`. */
export function navigationRequestOf(value: string): NavigationRequest | undefined {
  if (value === "_none_") return undefined;
  const [, target, type] = targeted.exec(value) ?? [];
  if (target !== undefined) return { type: type === "jump" ? "jump" : "choice", target };
  return { type: value as Exclude<NavigationRequest["type"], "choice" | "jump"> };
}

/** Whether an edition has this value of `adl.nav.request`. */
export function requestExists(value: string, behaviour: Scorm2004Behaviour): boolean {
  if (value === "suspendAll") return behaviour.suspendAll;
  return behaviour.jump || !value.endsWith("}jump");
}

/** Answers `adl.nav.request_valid`: whether the sequencer would do it now. `target` is empty for `continue` and `previous`. */
export type RequestValid = (
  request: "continue" | "previous" | "choice" | "jump",
  target: string,
) => "true" | "false" | "unknown";

const question = /^adl\.nav\.request_valid\.(choice|jump)\.\{target=([^{}]+)\}$/;

/** The question that `adl.nav.request_valid.choice.{target=…}` asks, undefined when the element is none. */
export function requestQuestion(
  element: string,
): { readonly request: "choice" | "jump"; readonly target: string } | undefined {
  const [, request, target] = question.exec(element) ?? [];
  if (target === undefined) return undefined;
  return { request: request === "jump" ? "jump" : "choice", target };
}
