import { useSyncExternalStore } from "react";
import type { Zone } from "./format/time.ts";

/** What a person chose for this browser. */
export interface Preferences {
  readonly zone: Zone;
  /** Keyboard shortcuts other than the browser's own. */
  readonly shortcuts: boolean;
  /** Row height of tables. */
  readonly density: "compact" | "comfortable";
}

const KEY = "coursemesh.preferences";
const DEFAULTS: Preferences = { zone: "local", shortcuts: true, density: "compact" };
const listeners = new Set<() => void>();
let current = read();

/** The preferences, and the component renders again when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

/** Changes some preferences and keeps them in this browser. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}
