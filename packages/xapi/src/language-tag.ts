/**
 * `langtag` of RFC 5646 section 2.1. Subtags are told apart by length and first character alone, so no text takes more than one attempt.
 */
const form =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[\da-wyz](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?$/i;
const privateUse = /^x(?:-[a-z\d]{1,8})+$/i;

/** The grandfathered tags that the grammar does not cover. */
const irregular: ReadonlySet<string> = new Set([
  "en-gb-oed",
  "i-ami",
  "i-bnn",
  "i-default",
  "i-enochian",
  "i-hak",
  "i-klingon",
  "i-lux",
  "i-mingo",
  "i-navajo",
  "i-pwn",
  "i-tao",
  "i-tay",
  "i-tsu",
  "sgn-be-fr",
  "sgn-be-nl",
  "sgn-ch-de",
]);

/** Longer than any tag in use; a text beyond it is not worth reading. */
const LONGEST = 255;

/** Whether a text is a well-formed language tag (RFC 5646 section 2.2.9). Whether its subtags are registered is not asked. */
export function isLanguageTag(text: string): boolean {
  if (text.length > LONGEST) return false;
  return form.test(text) || privateUse.test(text) || irregular.has(text.toLowerCase());
}
