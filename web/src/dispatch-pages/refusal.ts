import { isRecord } from "../dispatch-protocol/host-result.ts";
import { type Branding, readBranding, textOf } from "./branding.ts";
import { type RefusalReason, readRefusalReason } from "./refusal-reason.ts";
import type { NoticeWords, PageWords } from "./words/en.ts";

/** A launch that was refused, as the server said it. */
export interface Refusal {
  readonly reason: RefusalReason | undefined;
  /** In English; may say more than the reason does, for instance a date. */
  readonly title: string;
  readonly text: string;
  readonly branding: Branding;
}

/** Reads a refusal from the contract's JSON. */
export function readRefusal(value: unknown): Refusal {
  const fields = isRecord(value) ? value : {};
  return {
    reason: readRefusalReason(fields.reason),
    title: textOf(fields.title),
    text: textOf(fields.text),
    branding: readBranding(fields.branding),
  };
}

/** What the learner reads: the server's own words where they are in the learner's language, else those of the reason. */
export function refusalWords({ reason, title, text }: Refusal, words: PageWords): NoticeWords {
  const ours = reason === undefined ? { title: words.failedTitle, text: words.failedText } : words.refusals[reason];
  return words.language === "en" && title !== "" && text !== "" ? { title, text } : ours;
}
