import type { Notice } from "../session/scene.ts";
import type { Words } from "../words/en.ts";
import { reasonInWords } from "../words/reason-in-words.ts";
import { button, copyButton } from "./buttons.ts";
import { element } from "./element.ts";
import { type GlyphName, glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { PlayerModel } from "./player-model.ts";
import { sentence } from "./sentence.ts";
import { bannerOf, type Trouble } from "./trouble.ts";

const drawings: Partial<Record<Trouble, GlyphName>> = { back: "saved", finished: "saved", review: "browsed" };

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
      notice: [],
      finished: [],
      back: [],
      review: [button(words.exit, actions.leave)],
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
      const drawing = glyph(drawings[trouble] ?? "trouble");
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

/** What a notice says: the reason, or the way on. */
export function noticeWords(words: Words, notice: Notice): string {
  if (notice.kind === "partFinished") return words.partFinished[notice.by];
  const { reason } = notice;
  const why = reason.kind === "waitsFor" ? "" : ` ${reasonInWords(words, reason)}`;
  return `${words.contentNotPossible}${why}`;
}

/** What the banner says; screen readers hear the same when trouble begins. */
export function bannerWords(
  words: Words,
  trouble: Trouble,
  { save, now, notice }: Pick<PlayerModel, "save" | "now" | "notice">,
): string {
  if (trouble === "notice" || trouble === "finished") return notice ? noticeWords(words, notice) : "";
  if (trouble === "back") return words.back;
  if (trouble === "review") return words.review;
  if (trouble === "offline") return "kept" in save && save.kept ? words.offline : words.offlineNotKept;
  return words.failing("retryAt" in save ? Math.max(0, Math.ceil((save.retryAt - now) / 1000)) : 0);
}
