import type { PageView } from "../dispatch-pages/page-view.ts";
import { Channel } from "../dispatch-protocol/channel.ts";
import type { Gateway } from "../dispatch-protocol/gateway.ts";
import { type BridgeMessage, type PageMessage, readPageMessage } from "../dispatch-protocol/message.ts";
import { otherWindow } from "../dispatch-protocol/other-window.ts";
import { pullResults } from "../dispatch-protocol/pull-results.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";
import { element } from "../player/view/element.ts";
import type { Around } from "./around.ts";
import { bridgePages } from "./bridge-pages.ts";
import { readPlayerNudge } from "./player-nudge.ts";
import { type Redeemed, redeem } from "./redeem.ts";
import { ResultFeed } from "./result-feed.ts";

/** What a bridge works with. */
export interface BridgeParts {
  readonly view: PageView;
  readonly gateway: Gateway;
  readonly around: Around;
  /** Works once. */
  readonly code: string;
}

/** What the player's frame may do: the same as the page's own frame, handed on. */
const permissions =
  "autoplay *; fullscreen *; encrypted-media *; picture-in-picture *; clipboard-write *; microphone *; camera *; unload *";
const quietFailures = 1;

/** The page around the player: trades the code, shows the player, and tells the package's page, if there is one, how the course goes. */
export class Bridge {
  readonly #parts: BridgeParts;
  #channel: Channel<BridgeMessage, PageMessage> | undefined;
  #feed: ResultFeed | undefined;
  #over = false;

  constructor(parts: BridgeParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { view, gateway, around, code } = this.#parts;
    view.show(bridgePages.starting(view.words));
    if (code === "") return view.show(bridgePages.lost(view.words));
    let countdown: ReturnType<typeof setInterval> | undefined;
    try {
      const redeemed = await redeem(gateway, code, around.origin, {
        onFailure: (failures, waitMs, retryNow) => {
          clearInterval(countdown);
          if (failures <= quietFailures) return;
          const until = Date.now() + waitMs;
          const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
          view.show(bridgePages.offline(view.words, left(), retryNow));
          countdown = setInterval(() => view.retell(view.words.offlineText(left())), 1_000);
        },
      });
      clearInterval(countdown);
      this.#open(redeemed);
    } catch (error) {
      clearInterval(countdown);
      if (!(error instanceof LaunchError)) throw error;
      view.show(bridgePages.invalid(view.words));
    }
  }

  #open(redeemed: Redeemed): void {
    const { view, around } = this.#parts;
    const { playerUrl, courseTitle, pageOrigin } = redeemed;
    if (courseTitle !== "") document.title = courseTitle;
    const frame = element("iframe", {
      title: view.words.frameTitle(courseTitle),
      allow: permissions,
      src: playerUrl,
    });
    otherWindowOfAnyOrigin(
      () => frame.contentWindow,
      (data) => this.#onNudge(data),
    );
    // Without a page behind it the server tells the host by itself, and nobody here has to hear of results.
    if (pageOrigin !== "" && around.window() !== undefined) this.#connect(redeemed);
    view.showFrame(frame);
    frame.focus();
  }

  #connect({ secret, pageOrigin, sessionToken }: Redeemed): void {
    const { around, gateway } = this.#parts;
    const channel: Channel<BridgeMessage, PageMessage> = new Channel({
      secret,
      post: (envelope) => other.post(envelope),
      read: readPageMessage,
      onMessage: ({ type }) => {
        if (type === "closing") this.#stop();
      },
    });
    const other = otherWindow(around.window, pageOrigin, (data) => channel.receive(data));
    this.#channel = channel;
    this.#feed = new ResultFeed({
      pull: (after, waitMs) => pullResults(gateway, sessionToken, after, waitMs),
      onResult: (result) => channel.send({ type: "result", ...result }),
      onOver: () => this.#end("revoked"),
    });
    channel.send({ type: "hello" });
    this.#feed.start();
  }

  #onNudge(data: unknown): void {
    const nudge = readPlayerNudge(data);
    if (nudge === undefined || this.#feed === undefined) return;
    const asked = this.#feed.nudge();
    if (nudge === "closed") void asked.then(() => this.#end("exit"));
  }

  #end(reason: "exit" | "revoked"): void {
    if (this.#over) return;
    this.#over = true;
    this.#feed?.stop();
    this.#channel?.send({ type: "ended", reason });
    const { view } = this.#parts;
    if (reason === "revoked") view.show(bridgePages.revoked(view.words));
  }

  /** The package's page goes away, or has finished its host; what comes is told at the next launch. */
  #stop(): void {
    this.#feed?.stop();
    this.#channel?.close();
  }
}

/**
 * Hears one window whatever origin it shows: a content origin may give each course version a name of its own. What it says is only a nudge.
 */
function otherWindowOfAnyOrigin(source: () => Window | null, onData: (data: unknown) => void): void {
  addEventListener("message", (event) => {
    if (event.source !== null && event.source === source()) onData(event.data);
  });
}
