import type { PendingResult } from "../dispatch-protocol/host-result.ts";
import type { PulledResults } from "../dispatch-protocol/pull-results.ts";
import { retryDelay } from "../player/journal/retry-delay.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";

/** What a feed works with. */
export interface FeedOptions {
  /** Asks the server for what is newer than a sequence; waits for news up to so many milliseconds. Rejects with a `LaunchError`. */
  readonly pull: (after: number, waitMs: number) => Promise<PulledResults>;
  /** Each result once, newest only. */
  readonly onResult: (result: PendingResult) => void;
  /** The launch was ended by the provider, or its token is worth nothing any more. */
  readonly onOver: () => void;
  readonly random?: () => number;
}

const longestWait = 20_000;
/** A server that answers at once although it was asked to wait is not asked again at once. */
const breath = 2_000;

/**
 * News about the result: asked for at once when the player nudges, and by one long request after another in between, so that nothing hangs
 * on the nudges.
 */
export class ResultFeed {
  readonly #options: FeedOptions;
  #after = 0;
  #failures = 0;
  #stopped = false;
  #nudged: Promise<void> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#poll(), breath);
  }

  /** Asks now. Resolves when everything known at the time of the call has been handed over, or could not be had. */
  async nudge(): Promise<void> {
    if (this.#nudged !== undefined) {
      // The request under way may have been answered before what this nudge is about.
      this.#again = true;
      return this.#nudged;
    }
    this.#nudged = this.#ask();
    try {
      await this.#nudged;
    } finally {
      this.#nudged = undefined;
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    do {
      this.#again = false;
      await this.#pull(0).catch(() => undefined);
    } while (this.#again && !this.#stopped);
  }

  async #poll(): Promise<void> {
    let wait = breath;
    try {
      await this.#pull(longestWait);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      const after = error instanceof LaunchError ? error.retryAfter : undefined;
      wait = retryDelay(this.#failures, (this.#options.random ?? Math.random)(), after);
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#poll(), wait);
  }

  async #pull(waitMs: number): Promise<void> {
    if (this.#stopped) return;
    const { pull, onResult, onOver } = this.#options;
    try {
      const { results, over } = await pull(this.#after, waitMs);
      if (this.#stopped) return;
      for (const result of results) {
        if (result.sequence <= this.#after) continue;
        this.#after = result.sequence;
        onResult(result);
      }
      if (over) this.#end(onOver);
    } catch (error) {
      if (error instanceof LaunchError && error.status === 401) this.#end(onOver);
      throw error;
    }
  }

  #end(onOver: () => void): void {
    this.stop();
    onOver();
  }
}
