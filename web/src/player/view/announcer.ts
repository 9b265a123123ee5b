import { plain } from "./sentence.ts";

/** Speaks through the page's two live regions, which stand in the document from its first moment so that screen readers know them. */
export class Announcer {
  readonly #polite = document.getElementById("announce-polite");
  readonly #assertive = document.getElementById("announce-assertive");

  /** Says it when the listener has a moment. */
  say(text: string): void {
    speak(this.#polite, text);
  }

  /** Says it now: progress is at risk. */
  interrupt(text: string): void {
    speak(this.#assertive, text);
  }
}

function speak(region: HTMLElement | null, text: string): void {
  if (region === null) return;
  // The same words twice would be no change, and nothing would be said.
  region.textContent = "";
  setTimeout(() => {
    region.textContent = plain(text);
  }, 60);
}
