/** True when every word of `query` begins or is part of a word in `text`, in any order. */
export function matchesWords(text: string, query: string): boolean {
  const inside = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => inside.includes(word));
}
