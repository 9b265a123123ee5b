import { content } from "./content.ts";
import { learning } from "./learning.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";

/** English, the language every other one is measured by. */
export const en = { ...shell, ...content, ...learning, ...settings };
