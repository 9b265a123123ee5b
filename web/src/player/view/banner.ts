import type { Words } from "../words/en.ts";
import { button, copyButton } from "./buttons.ts";
import { element } from "./element.ts";
import { glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { PlayerModel } from "./player-model.ts";
import { sentence } from "./sentence.ts";
import { bannerOf, type Trouble } from "./trouble.ts";

/** The strip below the bar: progress at risk, back online, or review. It takes room rather than cover the course. */
export class Banner {
  readonly root = element("div", { class: "banner" });
  readonly #words: Words;
  readonly #text = element("p", { class: "banner-text" });
  readonly #actions: Readonly<Record<Trouble, readonly Node[]>>;
  #shown: Trouble | undefined;

  constructor(words: Words, actions: PlayerActions) {
    this.#words = words;
    this.#actions = {
      offline: [button(words.tryNow, actions.tryNow)],
      failing: [button(words.tryNow, actions.tryNow), copyButton(words, words.copyDetails, actions.details)],
      back: [],
      review: [button(words.exit, actions.exit)],
    };
    this.root.hidden = true;
  }

  draw(model: PlayerModel, playing: boolean): void {
    const trouble = bannerOf(model, playing);
    this.root.hidden = trouble === undefined;
    if (trouble === undefined) {
      this.#shown = undefined;
      return;
    }
    if (this.#shown !== trouble) {
      this.#shown = trouble;
      this.root.dataset.kind = trouble;
      const drawing = glyph(trouble === "back" ? "saved" : trouble === "review" ? "browsed" : "trouble");
      this.root.replaceChildren(
        drawing,
        this.#text,
        element("div", { class: "banner-actions" }, ...this.#actions[trouble]),
      );
    }
    const text = bannerWords(this.#words, trouble, model);
    if (this.#text.textContent !== text) this.#text.replaceChildren(...sentence(text));
  }
}

/** What the banner says; screen readers hear the same when trouble begins. */
export function bannerWords(words: Words, trouble: Trouble, { save, now }: Pick<PlayerModel, "save" | "now">): string {
  if (trouble === "back") return words.back;
  if (trouble === "review") return words.review;
  if (trouble === "offline") return "kept" in save && save.kept ? words.offline : words.offlineNotKept;
  return words.failing("retryAt" in save ? Math.max(0, Math.ceil((save.retryAt - now) / 1000)) : 0);
}
