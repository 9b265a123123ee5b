import { element } from "../view/element.ts";
import { type Stage, type StageEvents, unloadTimeout } from "./stage.ts";

/** Content in a frame of the player, where it finds the API through `parent`. Each activity gets a new frame, so that Back stays the player's. */
export class FrameStage implements Stage {
  readonly #place: HTMLElement;
  readonly #events: StageEvents;
  readonly #titleOf: (activity: string) => string;
  #frame: HTMLIFrameElement | undefined;

  constructor(place: HTMLElement, titleOf: (activity: string) => string, events: StageEvents) {
    this.#place = place;
    this.#titleOf = titleOf;
    this.#events = events;
  }

  open(address: string, title: string): boolean {
    const frame = element("iframe", {
      class: "course-frame",
      title: this.#titleOf(title),
      allow: "autoplay; fullscreen; encrypted-media; picture-in-picture; clipboard-write",
      src: address,
    });
    frame.addEventListener("load", () => {
      if (this.#frame !== frame) return;
      this.#events.onLoaded();
      // Each document of the frame is a new one to listen to; content from another origin cannot be listened to.
      within(frame)?.addEventListener("keydown", this.#events.onKey);
    });
    this.#frame?.remove();
    this.#frame = frame;
    this.#place.append(frame);
    within(frame)?.addEventListener("keydown", this.#events.onKey);
    return true;
  }

  async leave(): Promise<void> {
    const frame = this.#frame;
    if (frame === undefined) return;
    this.#frame = undefined;
    await new Promise<void>((resolve) => {
      frame.addEventListener("load", () => resolve(), { once: true });
      setTimeout(resolve, unloadTimeout);
      // A navigation rather than a removal: only it fires beforeunload, where many courses save.
      frame.contentWindow?.location.replace("about:blank");
    });
    frame.remove();
  }

  focus(): void {
    this.#frame?.focus();
  }

  dispose(): void {
    this.#frame?.remove();
    this.#frame = undefined;
  }
}

function within(frame: HTMLIFrameElement): Window | undefined {
  try {
    return frame.contentDocument?.defaultView ?? undefined;
  } catch {
    return undefined;
  }
}
