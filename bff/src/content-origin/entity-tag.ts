/** Whether a list of entity tags, or `*`, names this one, weakly compared (RFC 9110, 13.1.2). */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === "*" || header.split(",").some((it) => it.trim().replace(/^W\//, "") === tag);
}
