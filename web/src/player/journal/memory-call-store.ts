import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { CallStore, StoredLaunch } from "./call-store.ts";

/** Keeps calls as long as the window lives. What stands in when the browser has no durable store. */
export class MemoryCallStore implements CallStore {
  readonly durable: boolean;
  readonly #kept = new Map<string, { launch: StoredLaunch; calls: Map<number, JournalCall> }>();

  /** `durable` is what the store claims to be; tests use it to stand for the real one. */
  constructor(durable = false) {
    this.durable = durable;
  }

  async add(launch: StoredLaunch, calls: readonly JournalCall[]): Promise<void> {
    this.addNow(launch, calls);
  }

  addNow(launch: StoredLaunch, calls: readonly JournalCall[]): void {
    const kept = this.#kept.get(launch.base) ?? { launch, calls: new Map() };
    for (const call of calls) kept.calls.set(call.seq, call);
    this.#kept.set(launch.base, kept);
  }

  async load(base: string): Promise<JournalCall[]> {
    return [...(this.#kept.get(base)?.calls.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }

  async forget(base: string, seq: number): Promise<void> {
    const kept = this.#kept.get(base);
    if (kept === undefined) return;
    for (const number of kept.calls.keys()) if (number <= seq) kept.calls.delete(number);
    if (kept.calls.size === 0) this.#kept.delete(base);
  }

  async launches(): Promise<StoredLaunch[]> {
    return [...this.#kept.values()].map((kept) => kept.launch);
  }
}
