/** Globals by which the pages of learning platforms are known. */
const SIGNS: readonly (readonly [product: string, path: readonly string[]])[] = [
  ["Moodle", ["M", "cfg", "wwwroot"]],
  ["ILIAS", ["il", "Util"]],
  ["Canvas", ["ENV", "CANVAS_ACTIVE_BRAND_VARIABLES"]],
  ["Brightspace", ["D2L", "LP"]],
  ["Blackboard", ["Blackboard"]],
  ["Sakai", ["sakai"]],
  ["Totara", ["totara"]],
  ["OpenOlat", ["o_info", "uriprefix"]],
  ["Chamilo", ["olms"]],
  ["scorm-again", ["Scorm12API"]],
];
const mostParents = 20;

/** The learning platform that a window's parents belong to, as far as it shows; empty when it does not. */
export function lmsProduct(start: Window): string {
  let window = start;
  for (let count = 0; count < mostParents; count += 1) {
    const found = SIGNS.find(([, path]) => has(window, path));
    if (found) return found[0];
    if (window.parent === window) break;
    window = window.parent;
  }
  return "";
}

function has(window: Window, path: readonly string[]): boolean {
  try {
    let value: unknown = window;
    for (const name of path) {
      if (typeof value !== "object" && typeof value !== "function") return false;
      if (value === null) return false;
      value = Reflect.get(value, name);
    }
    return value !== undefined && value !== null;
  } catch {
    return false;
  }
}
