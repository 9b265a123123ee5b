import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { CallStore, StoredLaunch } from "./call-store.ts";

/**
 * Writes a launch's calls to the device behind the course's back: at once, one transaction at a time, each taking all that came meanwhile.
 * A failed write is tried again with the next call; until one succeeds, nothing claims to be kept.
 */
export class DeviceCopy {
  readonly #store: CallStore;
  readonly #launch: StoredLaunch;
  readonly #onChange: () => void;
  #waiting: JournalCall[] = [];
  #keptTo: number;
  #acknowledged: number;
  #work: Promise<void> | undefined;
  #forgetTo = 0;

  /** Everything up to `keptTo` is on the device already, or needs not be. */
  constructor(store: CallStore, launch: StoredLaunch, keptTo: number, onChange: () => void) {
    this.#store = store;
    this.#launch = launch;
    this.#keptTo = keptTo;
    this.#acknowledged = 0;
    this.#onChange = onChange;
  }

  /** Every call up to this number is durable; 0 when the store is none. */
  get keptTo(): number {
    return this.#store.durable ? this.#keptTo : 0;
  }

  add(call: JournalCall): void {
    this.#waiting.push(call);
    this.#begin();
  }

  /** Keeps `calls` before it returns, because the page may be gone afterwards. */
  addNow(calls: readonly JournalCall[]): void {
    this.#store.addNow(this.#launch, calls);
  }

  /** The server has everything up to `seq`. */
  acknowledge(seq: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, seq);
    this.#forgetTo = this.#acknowledged;
    this.#begin();
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    while (this.#work) await this.#work;
  }

  #begin(): void {
    this.#work ??= this.#run().finally(() => {
      this.#work = undefined;
    });
  }

  async #run(): Promise<void> {
    // One turn later, so that a burst of calls is one transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#forgetTo > 0) {
      const calls = this.#waiting.filter((call) => call.seq > this.#acknowledged);
      const last = this.#waiting.at(-1)?.seq ?? 0;
      const forgetTo = this.#forgetTo;
      this.#waiting = [];
      this.#forgetTo = 0;
      try {
        if (calls.length > 0) await this.#store.add(this.#launch, calls);
        this.#keptTo = Math.max(this.#keptTo, last);
        if (forgetTo > 0) await this.#store.forget(this.#launch.base, forgetTo);
      } catch {
        this.#waiting = [...calls, ...this.#waiting];
        this.#onChange();
        return;
      }
      this.#onChange();
    }
  }
}
