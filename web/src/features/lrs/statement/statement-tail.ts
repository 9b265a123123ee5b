import { Code, ConnectError } from "@connectrpc/connect";
import type { StatementRow, TailStatementsResponse } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { errorFacts } from "../../../lib/rpc/error-facts.ts";

/** Rows that are kept; older ones are found by the list. */
export const TAIL_ROWS = 500;
/** Pauses before connecting again, milliseconds; the last one repeats. */
const PAUSES = [500, 1000, 2000, 5000, 10_000] as const;
/** A heartbeat comes at least every 15 seconds; a line that is silent for longer is dead. */
const SILENCE_MS = 35_000;
/** Errors that trying again does not change. */
const FINAL = new Set<Code>([Code.InvalidArgument, Code.PermissionDenied, Code.Unimplemented]);

/** What a page knows of its tail. */
export interface TailState {
  readonly status: "connecting" | "live" | "reconnecting" | "refused";
  /** Newest first. */
  readonly rows: readonly StatementRow[];
  /** Newest first; arrived while the page holds still. */
  readonly waiting: readonly StatementRow[];
  /** When it was live first, milliseconds since the epoch; 0 before. */
  readonly since: number;
  /** How often statements may have been missed, because a token was no longer good. */
  readonly gaps: number;
  readonly error: unknown;
}

/** Opens the stream from a token on; an empty one means from now. */
export type OpenTail = (resumeToken: string, signal: AbortSignal) => AsyncIterable<TailStatementsResponse>;

const START: TailState = { status: "connecting", rows: [], waiting: [], since: 0, gaps: 0, error: undefined };

/** Statements as they arrive: connects again when the line breaks and goes on from the last token, so that none is missed. */
export class StatementTail {
  readonly #open: OpenTail;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  #state: TailState = START;
  #holding = false;
  #token = "";

  constructor(open: OpenTail, sleep = (milliseconds: number) => new Promise<void>((r) => setTimeout(r, milliseconds))) {
    this.#open = open;
    this.#sleep = sleep;
  }

  readonly state = (): TailState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** While the page holds still, what arrives waits. */
  hold(holding: boolean): void {
    this.#holding = holding;
    if (!holding) this.show();
  }

  /** Puts what waits on top. */
  show(): void {
    const { rows, waiting } = this.#state;
    if (waiting.length > 0) this.#change({ rows: [...waiting, ...rows].slice(0, TAIL_ROWS), waiting: [] });
  }

  /** Follows until the signal, from where it was left; resolves then, or when the server refuses for good. */
  async follow(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      const silence = new AbortController();
      let watch: ReturnType<typeof setTimeout> | undefined;
      try {
        const listen = () => {
          clearTimeout(watch);
          watch = setTimeout(() => silence.abort(), SILENCE_MS);
        };
        listen();
        for await (const answer of this.#open(this.#token, AbortSignal.any([stop, silence.signal]))) {
          listen();
          failures = 0;
          this.#token = answer.resumeToken || this.#token;
          this.#take(answer.statements);
        }
      } catch (error) {
        if (stop.aborted) return;
        if (errorFacts(error).reason === "MORE_TOKEN_INVALID" && this.#token !== "") {
          this.#token = "";
          this.#change({ gaps: this.#state.gaps + 1 });
        } else if (FINAL.has(ConnectError.from(error).code)) {
          this.#change({ status: "refused", error });
          return;
        }
        this.#change({ status: "reconnecting" });
        await this.#sleep(PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0);
        failures += 1;
      } finally {
        clearTimeout(watch);
      }
    }
  }

  #take(statements: readonly StatementRow[]): void {
    const { rows, waiting, since } = this.#state;
    const known = new Set([...rows, ...waiting].map(({ id }) => id));
    const fresh = statements.filter(({ id }) => !known.has(id)).toReversed();
    this.#change({ status: "live", since: since || Date.now() });
    if (fresh.length === 0) return;
    if (this.#holding) this.#change({ waiting: [...fresh, ...waiting].slice(0, TAIL_ROWS) });
    else this.#change({ rows: [...fresh, ...rows].slice(0, TAIL_ROWS) });
  }

  #change(change: Partial<TailState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
