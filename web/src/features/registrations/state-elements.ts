/** One element of the data model with its value. */
export interface StateElement {
  readonly element: string;
  readonly value: string;
}

/** Lists of an activity's state, by their names in the books. SCORM 1.2 has no list of comments. */
const LISTS = { objectives: "cmi.objectives", interactions: "cmi.interactions", comments: "cmi.comments_from_learner" };

/** What the entries of a list of plain texts are called behind their number. */
const ENTRY_NAMES: Readonly<Record<string, string>> = { objectives: ".id", correct_responses: ".pattern" };

/** What a SCORM 2004 session keeps beside the values, by element. */
const SESSION_ELEMENTS = {
  "cmi.entry": "entry",
  "cmi.exit": "exit",
  "cmi.session_time": "time",
  "adl.nav.request": "request",
  "cmi.mode": "mode",
  "cmi.credit": "credit",
  "cmi.completion_threshold": "completionThreshold",
  "cmi.scaled_passing_score": "scaledPassingScore",
  "cmi.max_time_allowed": "maxTimeAllowed",
} as const;

/**
 * Elements of an activity's state in reading order: `values` are elements by their own names; lists such as objectives become
 * `cmi.objectives.0.id`. Whatever else the state holds is bookkeeping of ours and left out.
 */
export function stateElements(stateJson: string): readonly StateElement[] {
  const state = parse(stateJson);
  if (!state) return [];
  const elements: StateElement[] = [];
  for (const [element, value] of Object.entries(record(state.values))) elements.push({ element, value: text(value) });
  if (isScorm2004(state)) {
    const session = record(state.session);
    for (const [element, key] of Object.entries(SESSION_ELEMENTS)) {
      const value = session[key];
      if (value !== undefined && value !== "") elements.push({ element, value: text(value) });
    }
  }
  for (const [list, path] of Object.entries(LISTS)) {
    if (Array.isArray(state[list])) walk(path, state[list], elements);
  }
  return elements;
}

function walk(path: string, value: unknown, elements: StateElement[], entryName = ""): void {
  if (typeof value === "object" && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      // Which statuses the LMS filled in itself is no element.
      if (key !== "restored")
        walk(`${path}.${key}`, entry, elements, Array.isArray(value) ? entryName : ENTRY_NAMES[key]);
    }
  } else elements.push({ element: `${path}${entryName}`, value: text(value) });
}

/** The state of a SCORM 2004 activity knows its attempt. */
function isScorm2004(state: Readonly<Record<string, unknown>>): boolean {
  return typeof state.attempt === "number";
}

function parse(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The book's limit of `cmi.suspend_data` in characters: 4,096 in SCORM 1.2, 64,000 in SCORM 2004, where the 2nd edition has 4,000. */
export function suspendDataLimit(stateJson: string): number {
  const state = parse(stateJson) ?? {};
  if (!isScorm2004(state)) return 4_096;
  const { suspendDataSpm } = record(record(state.session).behaviour);
  return typeof suspendDataSpm === "number" ? suspendDataSpm : 64_000;
}

/** How much of a limit a value uses, in percent; more than 100 when it is over. */
export function suspendDataUse(value: string, limit: number): number {
  return Math.round((value.length / limit) * 1000) / 10;
}
