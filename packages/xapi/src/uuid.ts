const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The standard string form of a UUID, in either case (1.0.3 Data 4.4; RFC 4122 section 3). Which variant it is does not matter. */
export function isUuid(text: string): boolean {
  return text.length === 36 && form.test(text);
}
