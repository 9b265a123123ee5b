import { isIri } from "./iri.ts";

/**
 * Whether a text is `mailto:` and one address (1.0.3 Data 2.4.2.3). No header fields, no quoted local part: an IRI has no room for
 * quotation marks.
 */
export function isMailbox(text: string): boolean {
  if (!text.startsWith("mailto:") || !isIri(text)) return false;
  const at = text.indexOf("@");
  if (at <= "mailto:".length || at !== text.lastIndexOf("@")) return false;
  const local = text.slice("mailto:".length, at);
  return !/[/?#():;,]/.test(local) && isDomain(text.slice(at + 1));
}

/** Labels of letters, digits and hyphens, those of other scripts among them, with single dots between. */
function isDomain(text: string): boolean {
  if (text === "" || text.startsWith(".") || text.endsWith(".") || text.includes("..")) return false;
  return !/[^0-9A-Za-z.\-\u00a0-\uffff]/.test(text);
}
