import { durationOfSeconds, isDuration } from "./duration.ts";
import { INTERACTION_TYPES, type InteractionType } from "./interaction-type.ts";
import { isLanguageTag } from "./language-tag.ts";
import type { LanguageMap } from "./statement.ts";

/** One `cmi.interactions.n`, as the data model of either edition holds it; empty or absent for what was not set. */
export interface ScormInteraction {
  readonly edition: "1.2" | "2004";
  readonly id: string;
  /** `type`. */
  readonly type?: string | undefined;
  /** `student_response` (1.2) or `learner_response` (2004). */
  readonly response?: string | undefined;
  readonly result?: string | undefined;
  readonly latency?: string | undefined;
  readonly weighting?: string | undefined;
  /** 2004 only; may begin with `{lang=…}`. */
  readonly description?: string | undefined;
  readonly objectives?: readonly string[] | undefined;
  /** `correct_responses.n.pattern`. */
  readonly correctResponses?: readonly string[] | undefined;
}

const interactionTypes: ReadonlySet<string> = new Set(INTERACTION_TYPES);

/** `interactionType`: the words are the same in SCORM 1.2 (RTE 3.4.5), SCORM 2004 (RTE 4.2.9) and xAPI; what is not among them is `other`. */
export function interactionTypeOf(type: string | undefined): InteractionType {
  return type !== undefined && interactionTypes.has(type) ? (type as InteractionType) : "other";
}

/** Members as SCORM 1.2 lists them, `a,b` or `{a,b}`; undefined when the text is something else, such as a sentence. */
function membersOf12(text: string, member: RegExp): readonly string[] | undefined {
  const inner = text.startsWith("{") && text.endsWith("}") ? text.slice(1, -1) : text;
  const members = inner.split(",").map((each) => each.trim());
  return members.every((each) => member.test(each)) ? members : undefined;
}

const identifier = /^[\w-]{1,255}$/;
const pair = /^[\w-]{1,255}\.[\w-]{1,255}$/;

/**
 * A response or pattern as xAPI writes it (1.0.3 Data 2.4.4.1 "Response Patterns"). SCORM 2004 writes it in the same way (RTE 4.2.9.1),
 * delimiters such as `{case_matters=true}` included. SCORM 1.2 (RTE 3.4.5, CMIFeedback) has `t` and `1` for true, commas for `[,]` and full
 * stops for `[.]`; a performance is one text there, which becomes the answer of a step without name. A text that has not the form of
 * its type, as published courses send it, stays as it is.
 */
export function xapiResponse(edition: ScormInteraction["edition"], type: InteractionType, text: string): string {
  if (edition === "2004" || text === "" || /\[[,.:]\]/.test(text)) return text;
  switch (type) {
    case "true-false":
      if (/^(?:1|t|true)$/i.test(text)) return "true";
      return /^(?:0|f|false)$/i.test(text) ? "false" : text;
    case "choice":
    case "sequencing":
      return membersOf12(text, identifier)?.join("[,]") ?? text;
    case "matching":
      return (
        membersOf12(text, pair)
          ?.map((each) => each.replace(".", "[.]"))
          .join("[,]") ?? text
      );
    case "performance":
      return `[.]${text}`;
    default:
      return text;
  }
}

/** What `result` says (1.2: `wrong`; 2004: `incorrect`): right, wrong, a number as raw score, or nothing of these for `neutral` and `unanticipated`. */
export function judgementOf(result: string | undefined): { readonly success?: boolean; readonly raw?: number } {
  if (result === "correct") return { success: true };
  if (result === "wrong" || result === "incorrect") return { success: false };
  const raw = result && /^-?\d{1,300}(?:\.\d{1,300})?$/.test(result) ? Number(result) : Number.NaN;
  return Number.isFinite(raw) ? { raw } : {};
}

/** A `latency` as duration: `HHHH:MM:SS.SS` of 1.2 converted, a duration of 2004 as it is; undefined when it is neither. */
export function latencyOf(latency: string | undefined): string | undefined {
  if (latency === undefined) return undefined;
  const span = /^(\d{1,6}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/.exec(latency);
  if (!span) return isDuration(latency) ? latency : undefined;
  const [, hours, minutes, seconds] = span;
  return durationOfSeconds(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** A `localized_string_type` of SCORM 2004 (RTE 4.1.1.3) as language map: `{lang=de}Text`, else in no language that is known. */
export function localized(text: string): LanguageMap {
  const match = /^\{lang=([\w-]{1,250})\}/.exec(text);
  const [prefix = "", tag = ""] = match ?? [];
  return isLanguageTag(tag) ? { [tag]: text.slice(prefix.length) } : { und: text };
}
