import type { Texts } from "./texts.ts";
import { german } from "./texts-de.ts";
import { english } from "./texts-en.ts";

/** Texts in the language of a BCP 47 tag; English where there is none. */
export function textsFor(locale: string): Texts {
  return locale.toLowerCase().split("-")[0] === "de" ? german : english;
}
