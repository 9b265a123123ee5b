import { retryDelay } from "../../player/journal/retry-delay.ts";
import { LaunchError } from "../../player/protocol/launch-error.ts";
import type { KeptStore } from "./kept-store.ts";

/** What an outbox works with. */
export interface OutboxOptions<Item> {
  readonly store: KeptStore;
  /** Under which items are kept; one for each launch and kind. */
  readonly key: string;
  /** Items that are sent at a time. */
  readonly batch: number;
  /** Resolves when the server has them. Rejects with a `LaunchError`. */
  readonly deliver: (items: readonly Item[]) => Promise<void>;
  /** Hands them over to the browser while the page goes away. False when it would not take them. */
  readonly leave: (items: readonly Item[]) => boolean;
  readonly random?: () => number;
}

const gatherFor = 1_000;
/** More than a launch ever has; beyond it the oldest go. */
const mostKept = 2_000;

/**
 * Items on their way to the server, in order: in memory, and in the browser's store until the server has them. Sending twice is harmless,
 * because the server keeps each number once.
 */
export class Outbox<Item> {
  readonly #options: OutboxOptions<Item>;
  #items: Item[];
  #sending = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions<Item>, items: readonly Item[] = []) {
    this.#options = options;
    this.#items = [...items];
    if (this.#items.length > 0) this.#schedule(0);
  }

  get size(): number {
    return this.#items.length;
  }

  /** Takes an item; it goes out with those of the next second. */
  add(item: Item): void {
    this.#items = [...this.#items, item].slice(-mostKept);
    this.#keep();
    if (this.#failures === 0) this.#schedule(gatherFor);
  }

  /** Sends what there is now. */
  flush(): void {
    this.#schedule(0);
  }

  /** The page goes away: what is left goes with a beacon, and stays in the store in case that is lost. */
  leave(): void {
    const { batch, leave } = this.#options;
    for (let at = 0; at < this.#items.length; at += batch) if (!leave(this.#items.slice(at, at + batch))) return;
  }

  #schedule(wait: number): void {
    if (this.#sending) return;
    if (this.#timer !== undefined && wait > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), wait);
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const items = this.#items.slice(0, this.#options.batch);
    if (items.length === 0) return;
    this.#sending = true;
    let wait = 0;
    try {
      await this.#options.deliver(items);
      this.#failures = 0;
      this.#drop(items);
    } catch (error) {
      const known = error instanceof LaunchError ? error : new LaunchError(0, "NETWORK", String(error));
      if (known.passing) {
        this.#failures += 1;
        wait = retryDelay(this.#failures, (this.#options.random ?? Math.random)(), known.retryAfter);
      } else {
        // The server will never take them: sending for ever would help nobody.
        this.#failures = 0;
        this.#drop(items);
      }
    } finally {
      this.#sending = false;
    }
    if (this.#items.length > 0) this.#schedule(wait);
  }

  #drop(items: readonly Item[]): void {
    const gone = new Set(items);
    this.#items = this.#items.filter((item) => !gone.has(item));
    this.#keep();
  }

  #keep(): void {
    const { store, key } = this.#options;
    if (this.#items.length === 0) store.remove(key);
    else store.set(key, JSON.stringify(this.#items));
  }
}

/** Items that an earlier page kept under a key; none when they cannot be read. */
export function keptItems(store: KeptStore, key: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(store.get(key) ?? "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
