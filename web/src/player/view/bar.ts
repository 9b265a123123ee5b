import type { Words } from "../words/en.ts";
import { timeOfDay } from "../words/format.ts";
import { element, setAttribute, setText } from "./element.ts";
import { type GlyphName, glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { CourseModel, PlayerModel } from "./player-model.ts";
import type { SaveIndicator } from "./save-indicator.ts";

/** The bar on top: contents, title, save state, progress, time, previous and next, help, exit. */
export class Bar {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #contents: HTMLButtonElement;
  readonly #title = element("h1", { class: "bar-title", dir: "auto" });
  readonly #save = element("span", { class: "save" });
  readonly #progress: HTMLElement;
  readonly #progressFill = element("span", { class: "progress-fill" });
  readonly #progressText = element("span");
  readonly #time = element("span", { class: "fact" });
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #steps: HTMLElement;
  readonly #help: HTMLButtonElement;
  readonly #exit: HTMLButtonElement;

  constructor(words: Words, actions: PlayerActions, openHelp: () => void) {
    this.#words = words;
    this.#contents = tool("contents", words.contents, "bar-contents", actions.toggleContents);
    setAttribute(this.#contents, "aria-controls", "contents");
    this.#previous = tool("previous", words.previous, "step step-previous", actions.previous);
    this.#next = tool("next", words.next, "step step-next", actions.next);
    this.#next.append(glyph("next"));
    this.#next.querySelector("svg")?.remove();
    this.#steps = element("div", { class: "steps" }, this.#previous, this.#next);
    this.#help = tool("help", words.help, "bar-help", openHelp);
    this.#exit = element("button", { type: "button", class: "tool bar-exit", onclick: actions.exit }, words.exit);
    this.#progress = element(
      "span",
      { class: "fact" },
      element("span", { class: "progress", "aria-hidden": "true" }, this.#progressFill),
      this.#progressText,
    );
    this.root = element(
      "header",
      { class: "bar", id: "player-controls", tabindex: -1, "aria-label": words.playerBar },
      this.#contents,
      element("div", { class: "bar-middle" }, this.#title, this.#save),
      element("div", { class: "facts" }, this.#progress, this.#time),
      this.#steps,
      this.#help,
      this.#exit,
    );
  }

  draw({ scene, course, save, contentsOpen }: PlayerModel, playing: boolean): void {
    const many = course !== undefined && course.contents.length > 0;
    this.root.hidden = course === undefined ? scene.kind !== "opening" : !course.settings.showBar;
    this.#help.hidden = course === undefined;
    this.#contents.hidden = !(many && course.settings.showContents && playing);
    setAttribute(this.#contents, "aria-expanded", contentsOpen ? "true" : "false");
    setText(this.#title, course?.title ?? "");
    this.#save.hidden = course === undefined || course.reviewing || !playing;
    this.#drawSave(save);
    this.#drawFacts(course, many, playing);
    this.#previous.hidden = !(playing && many && course.previous);
    this.#next.hidden = !(playing && many && course.next);
    this.#steps.hidden = this.#previous.hidden && this.#next.hidden;
    this.#exit.hidden = !playing;
  }

  /** The keyboard comes back from the course. */
  focus(): void {
    (this.#contents.hidden ? this.#exit : this.#contents).focus();
  }

  #drawSave(save: SaveIndicator): void {
    const text = saveWords(this.#words, save);
    if (this.#save.textContent === text && this.#save.dataset.kind === save.kind) return;
    this.#save.dataset.kind = save.kind;
    const trouble = save.kind === "offline" || save.kind === "failing";
    this.#save.replaceChildren(...(trouble ? [glyph("trouble")] : save.kind === "saved" ? [glyph("saved")] : []), text);
  }

  #drawFacts(course: CourseModel | undefined, many: boolean, playing: boolean): void {
    this.#progress.hidden = !(many && playing && course?.settings.showProgress);
    this.#time.hidden = !(playing && course?.settings.showTime);
    if (!course) return;
    const { activitiesCompleted, activityCount, progress } = course.result;
    this.#progressFill.style.width = `${Math.round(progress * 100)}%`;
    setText(this.#progressText, this.#words.progress(activitiesCompleted, activityCount));
    setText(this.#time, `${this.#words.timeSpent} ${this.#words.minutes(course.minutes)}`);
  }
}

/** The save state in a few words; long ones stand in the banner. */
export function saveWords(words: Words, save: SaveIndicator): string {
  switch (save.kind) {
    case "idle":
      return "";
    case "saving":
      return words.saving;
    case "saved":
      return words.saved(timeOfDay(words, save.at));
    case "offline":
      return words.offlineShort;
    case "failing":
      return words.failingShort;
  }
}

/** A button of the bar with a drawing and a word; narrow screens show the drawing alone. */
function tool(name: GlyphName, label: string, extra: string, onClick: () => void): HTMLButtonElement {
  return element(
    "button",
    { type: "button", class: `tool ${extra}`, onclick: onClick },
    glyph(name),
    element("span", { class: "tool-word" }, label),
  );
}
