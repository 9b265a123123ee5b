import { de } from "./de.ts";
import { en, type Words } from "./en.ts";

const catalogues: Readonly<Record<string, Words>> = { en, de };

/** The catalogue for the first language tag that there is one for; English when there is none. */
export function pickWords(...tags: readonly string[]): Words {
  for (const tag of tags) {
    const words = catalogues[tag.toLowerCase().split("-")[0] ?? ""];
    if (words) return words;
  }
  return en;
}
