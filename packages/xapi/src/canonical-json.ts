/** Still to write: text as it is, or a value. */
type Pending = { readonly text: string } | { readonly value: unknown };

/**
 * JSON without white space and with the keys of every object in order, so that equal values are equal texts. Takes no more stack for deep
 * nesting, which hostile extensions have.
 */
export function canonicalJson(value: unknown): string {
  let json = "";
  const pending: Pending[] = [{ value }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if ("text" in next) {
      json += next.text;
      continue;
    }
    const now = next.value;
    if (typeof now !== "object" || now === null) {
      json += JSON.stringify(now) ?? "null";
      continue;
    }
    const isArray = Array.isArray(now);
    const parts: Pending[] = [{ text: isArray ? "[" : "{" }];
    if (isArray) for (const [at, element] of now.entries()) parts.push({ text: at ? "," : "" }, { value: element });
    else {
      const members = Object.entries(now)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [at, [key, member]] of members.entries()) {
        parts.push({ text: `${at ? "," : ""}${JSON.stringify(key)}:` }, { value: member });
      }
    }
    parts.push({ text: isArray ? "]" : "}" });
    for (let at = parts.length - 1; at >= 0; at--) pending.push(parts[at] as Pending);
  }
  return json;
}
