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

/** English, the language every other one is measured by. */
export const en = {
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
