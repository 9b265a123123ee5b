import { Code, ConnectError } from "@connectrpc/connect";
import type { EventRow, TailEventsResponse } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { errorFacts } from "../../lib/rpc/error-facts.ts";

/** Items that are kept, and as many again that wait; older ones are found by the list. */
export const TAIL_ITEMS = 500;
/** Pauses before connecting again, milliseconds; the last one repeats. */
const PAUSES = [500, 1000, 2000, 5000, 10_000] as const;
/** A heartbeat comes at least every 15 seconds; a line that is silent for longer is dead. */
const SILENCE_MS = 35_000;
/** Errors that trying again does not change. */
const FINAL = new Set<Code>([Code.InvalidArgument, Code.PermissionDenied, Code.Unimplemented]);
/** Cursors that are good for nothing: begin again from now. */
const LOST = new Set(["CURSOR_INVALID", "CURSOR_TOO_OLD"]);

/** A time without connection. Times are milliseconds since the epoch. */
export interface Gap {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** The log does not go back that far any more, so events are missing. */
  readonly missed: boolean;
}

/** What a tail shows. */
export type TailItem = { readonly event: EventRow } | { readonly gap: Gap };

/** What a page knows of its tail. */
export interface TailState {
  readonly status: "connecting" | "live" | "reconnecting" | "refused";
  /** Newest first. */
  readonly items: readonly TailItem[];
  /** Newest first; came while the page holds still. */
  readonly waiting: readonly TailItem[];
  /** When it was live first; 0 before. */
  readonly since: number;
  readonly error: unknown;
}

/** Opens the stream from a cursor on; an empty one means from now. */
export type OpenTail = (cursor: string, signal: AbortSignal) => AsyncIterable<TailEventsResponse>;

const START: TailState = { status: "connecting", items: [], waiting: [], since: 0, error: undefined };

/** Events as they come: connects again when the line breaks, draws the gap and goes on from the last cursor, so that what came in it follows. */
export class EventTail {
  readonly #open: OpenTail;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #state: TailState = START;
  #holding = false;
  #cursor = "";
  #brokenAt = 0;
  #missed = false;

  constructor(
    open: OpenTail,
    sleep = (milliseconds: number) => new Promise<void>((r) => setTimeout(r, milliseconds)),
    now: () => number = Date.now,
  ) {
    this.#open = open;
    this.#sleep = sleep;
    this.#now = now;
  }

  readonly state = (): TailState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** While the page holds still, what comes waits. */
  hold(holding: boolean): void {
    this.#holding = holding;
    if (!holding) this.show();
  }

  /** Puts what waits on top. */
  show(): void {
    const { items, waiting } = this.#state;
    if (waiting.length > 0) this.#change({ items: [...waiting, ...items].slice(0, TAIL_ITEMS), waiting: [] });
  }

  /** Follows until the signal, from where it was left; resolves then, or when the server refuses for good. */
  async follow(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      const silence = new AbortController();
      let watch: ReturnType<typeof setTimeout> | undefined;
      const listen = () => {
        clearTimeout(watch);
        watch = setTimeout(() => silence.abort(), SILENCE_MS);
      };
      try {
        listen();
        for await (const answer of this.#open(this.#cursor, AbortSignal.any([stop, silence.signal]))) {
          listen();
          failures = 0;
          this.#cursor = answer.cursor || this.#cursor;
          this.#take(answer.events);
        }
      } catch (error) {
        if (stop.aborted) return;
        if (LOST.has(errorFacts(error).reason) && this.#cursor !== "") {
          this.#cursor = "";
          this.#missed = true;
        } else if (FINAL.has(ConnectError.from(error).code)) {
          this.#change({ status: "refused", error });
          return;
        }
        this.#brokenAt ||= this.#state.since > 0 ? this.#now() : 0;
        this.#change({ status: "reconnecting" });
        await this.#sleep(PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0);
        failures += 1;
      } finally {
        clearTimeout(watch);
      }
    }
  }

  #take(events: readonly EventRow[]): void {
    const { items, waiting, since } = this.#state;
    const known = new Set([...items, ...waiting].map((item) => ("event" in item ? item.event.id : item.gap.id)));
    const fresh: TailItem[] = events.filter(({ id }) => !known.has(id)).map((event) => ({ event }));
    if (this.#brokenAt > 0) fresh.unshift({ gap: this.#closeGap() });
    this.#change({ status: "live", since: since || this.#now() });
    if (fresh.length === 0) return;
    fresh.reverse();
    if (this.#holding) this.#change({ waiting: [...fresh, ...waiting].slice(0, TAIL_ITEMS) });
    else this.#change({ items: [...fresh, ...items].slice(0, TAIL_ITEMS) });
  }

  #closeGap(): Gap {
    const gap = { id: `gap-${this.#brokenAt}`, from: this.#brokenAt, to: this.#now(), missed: this.#missed };
    this.#brokenAt = 0;
    this.#missed = false;
    return gap;
  }

  #change(change: Partial<TailState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
