import { de } from "./de.ts";
import { en, type PageWords } from "./en.ts";

const catalogues: Readonly<Record<string, PageWords>> = { en, de };

/** Words for the first language tag that there are any for; English when there is none. */
export function pickPageWords(tags: readonly string[]): PageWords {
  for (const tag of tags) {
    const words = catalogues[tag.toLowerCase().split(/[-_]/)[0] ?? ""];
    if (words) return words;
  }
  return en;
}
