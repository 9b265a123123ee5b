import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { StoredLaunch } from "./call-store.ts";

/**
 * Calls made while the page is unloaded, in `localStorage`: the one store that writes before it returns. A transaction of IndexedDB begun
 * that late may be dropped with the page, and courses save their last and best in unload handlers.
 */
interface DepartureNote {
  readonly launch: StoredLaunch;
  readonly calls: readonly JournalCall[];
}

const prefix = "coursemesh-departure:";

/** Replaces the launch's note. Does nothing where `localStorage` is switched off or full. */
export function writeDepartureNote(launch: StoredLaunch, calls: readonly JournalCall[]): void {
  try {
    localStorage.setItem(prefix + launch.base, JSON.stringify({ launch, calls } satisfies DepartureNote));
  } catch {
    // The calls are on their way to the server as well; there is no third place to put them.
  }
}

/** Calls of the launch's note, none when there is no note. */
export function readDepartureNote(base: string): readonly JournalCall[] {
  return read(prefix + base)?.calls ?? [];
}

/** The server has everything up to `seq`. */
export function forgetDepartureNote(base: string, seq: number): void {
  if (readDepartureNote(base).some((call) => call.seq > seq)) return;
  try {
    localStorage.removeItem(prefix + base);
  } catch {
    // Switched off: there is no note either.
  }
}

/** Launches that have a note. */
export function listDepartureNotes(): StoredLaunch[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => read(key)?.launch ?? []);
  } catch {
    return [];
  }
}

function read(key: string): DepartureNote | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as DepartureNote);
  } catch {
    return undefined;
  }
}
