import type { LanguageMap } from "./statement.ts";

/** Longer than any `Accept-Language` a browser sends. */
const LONGEST = 1000;

/** The ranges of an `Accept-Language` header in lower case, the most wanted first (RFC 9110 section 12.5.4); those with `q=0` are not wanted at all. */
export function readLanguageRanges(header: string): readonly string[] {
  return header
    .slice(0, LONGEST)
    .split(",")
    .map((part) => {
      const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { range, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ range, quality }) => range !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

/**
 * The tag that suits best. For each range in turn: the tag itself, then the range cut short from its end ("lookup" of RFC 4647 section
 * 3.4), then a tag that begins with it ("filtering", section 3.3.1), so that `en` finds `en-US`.
 */
function suitableTag(tags: readonly string[], ranges: readonly string[]): string | undefined {
  for (const range of ranges) {
    if (range === "*") return tags[0];
    for (let wanted = range; wanted !== ""; wanted = wanted.slice(0, Math.max(wanted.lastIndexOf("-"), 0))) {
      const found = tags.find((tag) => tag.toLowerCase() === wanted);
      if (found !== undefined) return found;
    }
    const narrower = tags.find((tag) => tag.toLowerCase().startsWith(`${range}-`));
    if (narrower !== undefined) return narrower;
  }
  return undefined;
}

/** A language map with the one entry that suits an `Accept-Language` header, else its first; an empty map stays empty. */
export function pickLanguage(map: LanguageMap, acceptLanguage: string): LanguageMap {
  const tags = Object.keys(map);
  if (tags.length < 2) return map;
  const tag = suitableTag(tags, readLanguageRanges(acceptLanguage)) ?? tags[0] ?? "";
  return { [tag]: map[tag] ?? "" };
}
