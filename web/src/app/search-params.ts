// The small form of zod: the whole one would double what has to be loaded before the first page.
import { array, boolean, literal, number, object, enum as oneOf, optional, catch as orElse, string } from "zod/mini";

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

const amount = orElse(optional(number()), undefined);

/** A number of a board whose registrations are open. */
const openFigure = object({
  kind: string(),
  start: amount,
  end: amount,
  from: amount,
  to: amount,
  activity: text,
  question: text,
  answer: text,
  attempts: amount,
  time: choice("wall", "active", "reported"),
  course: text,
  version: text,
  destination: text,
  learner: text,
  label: text,
});

export const analyticsSearch = object({
  range: choice("7d", "30d", "90d", "custom"),
  from: text,
  to: text,
  step: choice("hour", "day", "week", "month"),
  alone: flag,
  course: text,
  version: text,
  destination: text,
  tag: text,
  q: text,
  order: text,
  report: text,
  open: orElse(optional(openFigure), undefined),
});

export const querySearch = object({ q: text });

const texts = orElse(optional(array(string())), undefined);

export const endpointsSearch = object({
  q: text,
  status: choice("active", "failing", "disabled", "suspended"),
  owned: flag,
  create: flag,
  types: texts,
});

export const deliveriesSearch = object({
  q: text,
  endpoint: text,
  state: choice("queued", "retrying", "held", "delivered", "failed", "canceled"),
  result: choice(
    "2xx",
    "3xx",
    "4xx",
    "5xx",
    "timeout",
    "connection",
    "dns",
    "tls",
    "address_refused",
    "response_too_large",
  ),
  types: texts,
  event: text,
  replay: text,
  tests: flag,
  since: text,
  until: text,
});

export const replaysSearch = object({ endpoint: text, create: flag });

export const deploymentsSearch = object({
  q: text,
  status: choice("active", "suspended", "expired"),
  trouble: choice("mismatch", "refused", "old_launcher"),
  dispatch: text,
  destination: text,
});

export const resultsSearch = object({ dispatch: text, destination: text });

export const sessionSearch = object({ failed: flag });

export const figuresSearch = object({
  days: orElse(optional(literal([7, 30, 90])), undefined),
  dispatch: text,
  destination: text,
});

export const eventsSearch = object({
  q: text,
  types: texts,
  course: text,
  registration: text,
  learner: text,
  dispatch: text,
  destination: text,
  tag: text,
  actor: text,
  trace: text,
  since: text,
  until: text,
  live: flag,
  event: text,
});

export const dispatchesSearch = object({
  q: text,
  status: choice("active", "awaiting_contact", "expired", "limit_reached", "disabled"),
  course: text,
  destination: text,
  tag: text,
  order: choice("updated", "last_launch", "name", "created"),
});

export const dispatchWizardSearch = object({
  step: choice("course", "destination", "terms", "options", "package"),
  course: text,
  destination: text,
});

export const destinationsSearch = object({ q: text, state: choice("active", "paused"), silent: flag, create: flag });

export const licencesSearch = object({
  scope: choice("dispatch", "destination"),
  status: choice("active", "scheduled", "limit_reached", "expired", "disabled"),
  destination: text,
});

export const licenceSearch = object({ scope: choice("dispatch", "destination") });
