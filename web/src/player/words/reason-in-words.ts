import type { Reason } from "../contents/reason.ts";
import type { Words } from "./en.ts";

/** A reason as a sentence. */
export function reasonInWords(words: Words, reason: Reason): string {
  switch (reason.kind) {
    case "finishFirst":
    case "passFirst":
    case "needless":
      return words[reason.kind](reason.titles);
    case "stayIn":
    case "enterInOrder":
      return words[reason.kind](reason.title);
    case "locked":
      return words.lockedByRule;
    case "unknown":
      return words.unknownReason;
    default:
      return words[reason.kind];
  }
}
