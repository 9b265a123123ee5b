/** A host's API: functions by name, whatever else it is. */
export type HostApi = object;

/** Where an API may be found: windows by their links. */
export interface ApiWindow {
  readonly parent?: ApiWindow | null | undefined;
  readonly opener?: ApiWindow | null | undefined;
  readonly top?: ApiWindow | null | undefined;
}

/** Frames in frames that are searched; some hosts are deep, and some link windows in a circle. */
const mostParents = 500;

/**
 * Finds the host's API as SCORM has it: in this window and its parents, then from each opener in the same way (1.2 RTE 3.3.6.1, 2004 RTE
 * 3.3.1). Windows of other origins are passed over.
 * @param name `API` or `API_1484_11`.
 * @param method a function that the API must have.
 */
export function findApi(start: ApiWindow, name: string, method: string): HostApi | undefined {
  const seen = new Set<ApiWindow>();
  let from: ApiWindow | undefined = start;
  while (from !== undefined && !seen.has(from)) {
    const found = amongParents(from, seen, (window) => apiOf(window, name, method));
    if (found !== undefined) return found;
    from = openerOf(from) ?? openerOf(linked(from, "top"));
  }
  return undefined;
}

function amongParents(
  from: ApiWindow,
  seen: Set<ApiWindow>,
  look: (window: ApiWindow) => HostApi | undefined,
): HostApi | undefined {
  let window: ApiWindow | undefined = from;
  for (let count = 0; window !== undefined && count <= mostParents; count += 1) {
    const found = look(window);
    if (found !== undefined) return found;
    seen.add(window);
    const parent: ApiWindow | undefined = linked(window, "parent");
    window = parent === window ? undefined : parent;
  }
  return undefined;
}

function apiOf(window: ApiWindow, name: string, method: string): HostApi | undefined {
  try {
    const api: unknown = Reflect.get(window, name);
    return (typeof api === "object" || typeof api === "function") && api !== null && isCallable(api, method)
      ? api
      : undefined;
  } catch {
    // A window of another origin does not let itself be looked into.
    return undefined;
  }
}

function isCallable(api: object, method: string): boolean {
  // Applets and objects of plug-ins have methods whose type is no `function`.
  return Reflect.get(api, method) !== undefined;
}

function openerOf(window: ApiWindow | undefined): ApiWindow | undefined {
  return window && linked(window, "opener");
}

function linked(window: ApiWindow, link: "parent" | "opener" | "top"): ApiWindow | undefined {
  try {
    return window[link] ?? undefined;
  } catch {
    return undefined;
  }
}
