const REQUESTS = [
  "start",
  "resume_all",
  "continue",
  "previous",
  "choice",
  "jump",
  "exit",
  "exit_all",
  "suspend_all",
  "abandon",
  "abandon_all",
] as const;
const SOURCES = ["player", "content", "system"] as const;
const STATUSES = ["active", "waiting", "suspended", "ended"] as const;

/** Key of a request's word. */
export function requestKey(request: string) {
  return `why.request_${REQUESTS.find((known) => known === request) ?? "none"}` as const;
}

/** Key of the word for who asked; undefined for nobody. */
export function sourceKey(source: string) {
  const known = SOURCES.find((it) => it === source);
  return known && (`why.source_${known}` as const);
}

/** Key of the word for where a session stands; undefined when it is not known. */
export function statusKey(status: string) {
  const known = STATUSES.find((it) => it === status);
  return known && (`why.status_${known}` as const);
}
