import { content } from "./content.ts";
import { learning } from "./learning.ts";
import { lrs } from "./lrs.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { why } from "./why.ts";

/** German. The compiler refuses it as soon as a text of the English is missing. */
export const de = { ...shell, ...content, ...learning, ...lrs, ...settings, ...why };
