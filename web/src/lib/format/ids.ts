const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for text in the form of our ids. */
export function isId(text: string): boolean {
  return UUID.test(text.trim());
}

/** An id cut in its middle: `0199b2c4…9f3a01`. Short ones stay whole. */
export function shortId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}
