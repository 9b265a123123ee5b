import { Channel } from "../dispatch-protocol/channel.ts";
import type { PendingResult } from "../dispatch-protocol/host-result.ts";
import {
  type BridgeMessage,
  type EndReason,
  type PageMessage,
  readBridgeMessage,
} from "../dispatch-protocol/message.ts";
import { type OtherWindow, otherWindow } from "../dispatch-protocol/other-window.ts";
import type { CoursePlace } from "./stage/course-place.ts";

/** What the bridge has to say. */
export interface BridgeEvents {
  /** The course is opening. */
  readonly onHello: () => void;
  readonly onResult: (result: PendingResult) => void;
  readonly onEnded: (reason: EndReason) => void;
  /** Nobody has answered for a while: the frame may not be allowed here. */
  readonly onNoAnswer: () => void;
}

const answerWithin = 15_000;

/** The package page's end of the bridge. */
export class BridgeLink {
  readonly #channel: Channel<PageMessage, BridgeMessage>;
  readonly #other: OtherWindow;
  readonly #late: ReturnType<typeof setTimeout>;

  constructor(place: CoursePlace, origin: string, secret: string, events: BridgeEvents) {
    this.#channel = new Channel({
      secret,
      post: (envelope) => this.#other.post(envelope),
      read: readBridgeMessage,
      onMessage: (message) => {
        clearTimeout(this.#late);
        switch (message.type) {
          case "hello":
            this.#channel.send({ type: "welcome" });
            return events.onHello();
          case "result":
            return events.onResult(message);
          case "ended":
            return events.onEnded(message.reason);
        }
      },
    });
    this.#other = otherWindow(place.window, origin, (data) => this.#channel.receive(data));
    this.#late = setTimeout(events.onNoAnswer, answerWithin);
  }

  /** The host has been told. */
  told(sequence: number): void {
    this.#channel.send({ type: "told", sequence });
  }

  /** The page goes on without the bridge. */
  close(): void {
    clearTimeout(this.#late);
    this.#channel.send({ type: "closing" });
    this.#channel.close();
    this.#other.stop();
  }
}
