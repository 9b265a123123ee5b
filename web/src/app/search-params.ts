// The small form of zod: the whole one would double what has to be loaded before the first page.
import { array, boolean, object, enum as oneOf, optional, catch as orElse, string } from "zod/mini";

/** A parameter that is wrong is as if it were not there: an old or hand-made address still opens its page. */
const text = orElse(optional(string()), undefined);
const flag = orElse(optional(boolean()), undefined);

function choice<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return orElse(optional(oneOf(values)), undefined);
}

export const signInSearch = object({ to: text });

export const coursesSearch = object({
  q: text,
  tags: orElse(optional(array(string())), undefined),
  order: choice("updated", "title", "created"),
  archived: flag,
});

export const registrationsSearch = object({
  q: text,
  course: text,
  learner: text,
  completion: choice("not_attempted", "incomplete", "complete", "unknown"),
  success: choice("unknown", "passed", "failed"),
  launched: flag,
  create: flag,
});

export const registrationSearch = object({ try: text });

export const activitiesSearch = object({ try: text, at: text, why: text });

export const journalSearch = object({
  try: text,
  at: text,
  launch: text,
  activity: text,
  setOnly: flag,
  errors: flag,
  text,
  full: flag,
});

export const importSearch = object({ severity: choice("error", "warning", "note") });

export const settingsSearch = object({ q: text, show: choice("all", "changed", "inherited") });

export const statementsSearch = object({
  agent: text,
  verb: text,
  activity: text,
  registration: text,
  relatedActivities: flag,
  relatedAgents: flag,
  since: text,
  until: text,
  ascending: flag,
  live: flag,
  statement: text,
});

export const querySearch = object({ q: text });
