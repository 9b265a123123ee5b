/** `type/subtype` and parameters (RFC 9110 section 8.3.1). Space is before a semicolon or before a name, never either, so no text has two readings. */
const form =
  /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+(?:[ \t]*;(?:[ \t]*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\\r\n]|\\.)*"))?)*[ \t]*$/;

const LONGEST = 1000;

/** Whether a text is an Internet media type, e.g. `text/plain; charset=utf-8`. */
export function isMediaType(text: string): boolean {
  return text.length <= LONGEST && form.test(text);
}
