/** The decimal index between two positions of a text, without leading zeros; -1 when there is none. Written out because every call of a SCO that names a list comes here. */
export function indexIn(text: string, from: number, to: number): number {
  const digits = to - from;
  if (digits < 1 || digits > 9 || (digits > 1 && text.charCodeAt(from) === 48)) return -1;
  let index = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index;
}
