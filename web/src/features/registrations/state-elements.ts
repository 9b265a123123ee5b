/** One element of the data model with its value. */
export interface StateElement {
  readonly element: string;
  readonly value: string;
}

/**
 * Elements of an activity's state in reading order: `values` are elements by their own names; lists such as objectives become
 * `cmi.objectives.0.id`. Whatever else the state holds is bookkeeping of ours and left out.
 */
export function stateElements(stateJson: string): readonly StateElement[] {
  const state = parse(stateJson);
  if (!state) return [];
  const elements: StateElement[] = [];
  for (const [element, value] of Object.entries(record(state.values))) elements.push({ element, value: text(value) });
  for (const list of ["objectives", "interactions"]) {
    if (Array.isArray(state[list])) walk(`cmi.${list}`, state[list], elements);
  }
  return elements;
}

function walk(path: string, value: unknown, elements: StateElement[]): void {
  if (typeof value === "object" && value !== null)
    for (const [key, entry] of Object.entries(value)) walk(`${path}.${key}`, entry, elements);
  else elements.push({ element: path, value: text(value) });
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

/** The book's limit of `cmi.suspend_data` in SCORM 1.2, in characters. */
export const SUSPEND_DATA_LIMIT = 4096;

/** How much of the limit a value uses, in percent; more than 100 when it is over. */
export function suspendDataUse(value: string): number {
  return Math.round((value.length / SUSPEND_DATA_LIMIT) * 1000) / 10;
}
