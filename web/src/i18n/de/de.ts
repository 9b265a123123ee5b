import { analytics } from "./analytics.ts";
import { content } from "./content.ts";
import { dispatch } from "./dispatch.ts";
import { dispatchResults } from "./dispatch-results.ts";
import { events } from "./events.ts";
import { learning } from "./learning.ts";
import { lrs } from "./lrs.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { webhooks } from "./webhooks.ts";
import { why } from "./why.ts";

/** German. The compiler refuses it as soon as a text of the English is missing. */
export const de = {
  ...shell,
  ...content,
  ...learning,
  ...lrs,
  ...settings,
  ...why,
  ...webhooks,
  ...events,
  ...dispatchResults,
  ...analytics,
  ...dispatch,
};
