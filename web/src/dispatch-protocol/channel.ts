import { type Envelope, PROTOCOL, PROTOCOL_VERSION, readEnvelope } from "./message.ts";

/** What a channel works with. */
export interface ChannelOptions<In> {
  /** Constant of the launch; a message without it is nobody's. */
  readonly secret: string;
  /** Puts an envelope on its way; may be lost. */
  readonly post: (envelope: Envelope) => void;
  /** Reads a message of the other side; undefined drops it. */
  readonly read: (value: unknown) => In | undefined;
  /** Each message once and in order. */
  readonly onMessage: (message: In) => void;
}

/** Milliseconds until a message that nobody acknowledged is sent again; doubled each time up to the longest. */
const firstWait = 500;
const longestWait = 8_000;
/** Messages that are sent again at a time; the others follow once these are acknowledged. */
const mostAgain = 50;
/** Messages that may arrive before one that is missing. */
const mostEarly = 200;

/**
 * A reliable channel over a medium that may lose, repeat and reorder: numbers what it sends, sends again what is not acknowledged, and
 * hands over each message of the other side once and in order.
 */
export class Channel<Out, In> {
  readonly #options: ChannelOptions<In>;
  #sent = 0;
  #received = 0;
  #waiting: { readonly seq: number; readonly message: Out }[] = [];
  #early = new Map<number, unknown>();
  #wait = firstWait;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: ChannelOptions<In>) {
    this.#options = options;
  }

  /** Sends a message until it is acknowledged. */
  send(message: Out): void {
    if (this.#closed) return;
    const seq = ++this.#sent;
    this.#waiting.push({ seq, message });
    this.#post(seq, message);
    this.#schedule();
  }

  /** Messages that the other side has not acknowledged. */
  get unacknowledged(): number {
    return this.#waiting.length;
  }

  /** Takes what arrived. The caller has made sure of origin and source. */
  receive(data: unknown): void {
    const envelope = this.#closed ? undefined : readEnvelope(data, this.#options.secret);
    if (envelope === undefined || envelope.ack > this.#sent) return;
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter(({ seq }) => seq > envelope.ack);
    if (this.#waiting.length < before) this.#wait = firstWait;
    if (this.#waiting.length === 0) this.#stopTimer();
    if (envelope.seq === 0) return;
    if (envelope.seq > this.#received && envelope.seq <= this.#received + mostEarly)
      this.#early.set(envelope.seq, envelope.message);
    const inOrder: unknown[] = [];
    while (this.#early.has(this.#received + 1)) {
      this.#received += 1;
      inOrder.push(this.#early.get(this.#received));
      this.#early.delete(this.#received);
    }
    // Acknowledged before it is worked on: a host that hangs must not make the other side repeat itself.
    this.#post(0);
    for (const value of inOrder) {
      const message = this.#options.read(value);
      if (message !== undefined) this.#options.onMessage(message);
    }
  }

  /** Sends nothing more and hears nothing more. */
  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }

  #post(seq: number, message?: Out): void {
    this.#options.post({
      protocol: PROTOCOL,
      version: PROTOCOL_VERSION,
      secret: this.#options.secret,
      seq,
      ack: this.#received,
      ...(message !== undefined && { message }),
    });
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wait = Math.min(longestWait, this.#wait * 2);
      for (const { seq, message } of this.#waiting.slice(0, mostAgain)) this.#post(seq, message);
      if (this.#waiting.length > 0) this.#schedule();
    }, this.#wait);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
