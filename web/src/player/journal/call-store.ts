import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";

/** The launch that kept calls belong to. */
export interface StoredLaunch {
  /** The launch's path, `/l/<token>/`: its key here, and its credential when the calls are delivered later. */
  readonly base: string;
  readonly launchId: string;
}

/** Calls that the server has not acknowledged, on this device. A store serves all launches of the origin. */
export interface CallStore {
  /** False when nothing outlives the window: private mode, storage switched off or full. */
  readonly durable: boolean;
  /** Resolves when the calls are durable. Rejects when they could not be kept. */
  add(launch: StoredLaunch, calls: readonly JournalCall[]): Promise<void>;
  /** Keeps calls before the function returns, as far as the browser can: for calls made while the page is unloaded. */
  addNow(launch: StoredLaunch, calls: readonly JournalCall[]): void;
  /** Calls of a launch in order of their numbers. */
  load(base: string): Promise<JournalCall[]>;
  /** The server has everything up to `seq`. */
  forget(base: string, seq: number): Promise<void>;
  /** Launches that have calls here. */
  launches(): Promise<StoredLaunch[]>;
}
