import { randomHex } from "../protocol/trace-parent.ts";

/** What tabs of one browser tell each other, so that nobody has to wait for the server to find out. */
type TabMessage =
  /** I am about to open this launch. */
  | { readonly kind: "claim"; readonly base: string; readonly page: string }
  /** I have it open; wait. */
  | { readonly kind: "held"; readonly page: string }
  /** I have stopped, and everything I recorded is on the server or on the device. */
  | { readonly kind: "released"; readonly page: string }
  /** I have opened a launch of this registration. */
  | { readonly kind: "opened"; readonly registrationId: string; readonly page: string };

const answerWithin = 80;
const releaseWithin = 1_500;

/**
 * Keeps two tabs from playing one launch: both would number their calls alike, and the server keeps a number once. The tab that was opened
 * last goes on, after the other has let go.
 */
export class TabChannel {
  readonly #page = randomHex(8);
  readonly #channel: BroadcastChannel | undefined;
  readonly #waiting = new Map<string, () => void>();

  /** `onClaimed` stops this tab if it plays the launch with that base, false if it does not; `onOpened` hears of a launch of a registration. */
  constructor(onClaimed: (base: string) => Promise<void> | false, onOpened: (registrationId: string) => void) {
    if (!("BroadcastChannel" in globalThis)) return;
    this.#channel = new BroadcastChannel("coursemesh-player");
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === "claim") {
        const released = onClaimed(data.base);
        if (released === false) return;
        this.#post({ kind: "held", page: data.page });
        void released.then(() => this.#post({ kind: "released", page: data.page }));
      } else if (data.kind === "opened") onOpened(data.registrationId);
      else if (data.page === this.#page) this.#waiting.get(data.kind)?.();
    };
  }

  /** Resolves when no other tab plays the launch. */
  async claim(base: string): Promise<void> {
    if (this.#channel === undefined) return;
    const released = this.#next("released", releaseWithin);
    const held = this.#next("held", answerWithin);
    this.#post({ kind: "claim", base, page: this.#page });
    if (await held) await released;
  }

  announceOpened(registrationId: string): void {
    this.#post({ kind: "opened", registrationId, page: this.#page });
  }

  #next(kind: TabMessage["kind"], within: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.set(kind, () => resolve(true));
      setTimeout(() => resolve(false), within);
    });
  }

  #post(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }
}
