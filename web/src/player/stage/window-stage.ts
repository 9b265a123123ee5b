import type { PlayerSettings } from "../settings.ts";
import { type Stage, type StageEvents, unloadTimeout } from "./stage.ts";

const pollEvery = 300;

/** Content in a window of its own, where it finds the API through `opener`. One window serves all activities of a launch. */
export class WindowStage implements Stage {
  readonly #events: StageEvents;
  readonly #size: Pick<PlayerSettings, "windowWidth" | "windowHeight">;
  #window: Window | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(events: StageEvents, size: Pick<PlayerSettings, "windowWidth" | "windowHeight">) {
    this.#events = events;
    this.#size = size;
  }

  open(address: string): boolean {
    const present = this.#window;
    if (present && !present.closed) {
      present.location.replace(address);
      present.focus();
    } else {
      const width = Math.min(screen.availWidth, this.#size.windowWidth || 1_280);
      const height = Math.min(screen.availHeight, this.#size.windowHeight || 900);
      // Without `noopener`: the course has to reach the API. The name is new each time, so that no other window is taken over.
      const opened = window.open(address, `course-${Date.now()}`, `popup,width=${width},height=${height}`);
      if (opened === null) return false;
      this.#window = opened;
    }
    this.#events.onLoaded();
    this.#startWatching();
    return true;
  }

  async leave(): Promise<void> {
    clearInterval(this.#watch);
    const present = this.#window;
    if (present === undefined || present.closed) return;
    present.location.replace("about:blank");
    const giveUp = Date.now() + unloadTimeout;
    // The blank document arrives only after the old one's unload handlers are done.
    while (!present.closed && !isBlank(present) && Date.now() < giveUp)
      await new Promise((resolve) => setTimeout(resolve, 30));
  }

  focus(): void {
    this.#window?.focus();
  }

  dispose(): void {
    clearInterval(this.#watch);
    this.#window?.close();
    this.#window = undefined;
  }

  #startWatching(): void {
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      if (!this.#window?.closed) return;
      clearInterval(this.#watch);
      this.#window = undefined;
      this.#events.onClosed();
    }, pollEvery);
  }
}

function isBlank(target: Window): boolean {
  try {
    return target.location.href === "about:blank" && target.document.readyState === "complete";
  } catch {
    return false;
  }
}
