import type { Words } from "../words/en.ts";
import { timeOfDay } from "../words/format.ts";
import { setState, whenEnabled } from "./control.ts";
import { element, setAttribute, setText } from "./element.ts";
import { EndMenu } from "./end-menu.ts";
import { type GlyphName, glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { CourseModel, PlayerModel } from "./player-model.ts";
import type { SaveIndicator } from "./save-indicator.ts";

/** The bar on top: contents, title, save state, progress, time, previous and next, help, further ways to end something, leave. */
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
  readonly #leave: HTMLButtonElement;
  readonly #leaveWord = element("span", { class: "tool-word" });
  readonly #endMenu: EndMenu;

  constructor(words: Words, actions: PlayerActions, openHelp: () => void) {
    this.#words = words;
    this.#contents = tool("contents", words.contents, "bar-contents", actions.toggleContents);
    setAttribute(this.#contents, "aria-controls", "contents");
    setAttribute(this.#contents, "data-control", "contents");
    this.#previous = tool("previous", words.previous, "step step-previous", actions.previous);
    this.#next = tool("next", words.next, "step step-next", actions.next);
    setAttribute(this.#previous, "data-control", "previous");
    setAttribute(this.#next, "data-control", "continue");
    this.#next.append(glyph("next"));
    this.#next.querySelector("svg")?.remove();
    this.#steps = element("div", { class: "steps" }, this.#previous, this.#next);
    this.#help = tool("help", words.help, "bar-help", openHelp);
    this.#leave = element(
      "button",
      { type: "button", class: "tool bar-exit", onclick: whenEnabled(actions.leave) },
      glyph("leave"),
      this.#leaveWord,
    );
    this.#endMenu = new EndMenu(words, actions);
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
      // What comes and goes stands before what stays, so that Next does not move from under the pointer.
      this.#endMenu.root,
      this.#steps,
      this.#help,
      this.#leave,
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
    const waiting = scene.kind === "going";
    const controls = playing && course ? course.controls : undefined;
    setState(this.#previous, many ? controls?.previous : undefined, waiting);
    setState(this.#next, many ? controls?.continue : undefined, waiting);
    this.#steps.hidden = this.#previous.hidden && this.#next.hidden;
    this.#endMenu.draw(course, playing, waiting);
    this.#drawLeave(course, playing, waiting);
  }

  /** The keyboard comes back from the course. */
  focus(): void {
    [this.#contents, this.#leave, this.#help].find((control) => !control.hidden)?.focus();
  }

  /** A course with sequencing is suspended; its other ways out are in the menu. */
  #drawLeave(course: CourseModel | undefined, playing: boolean, waiting: boolean): void {
    const suspends = course?.standard === "scorm2004";
    const control = suspends ? "suspendAll" : "exitAll";
    setText(this.#leaveWord, suspends ? this.#words.saveAndLeave : this.#words.exit);
    this.#leave.classList.toggle("bar-exit-icon", suspends);
    setAttribute(this.#leave, "data-control", control);
    // Before the launch is open there is nothing to leave, and nothing to hide it.
    setState(this.#leave, playing ? (course?.controls[control] ?? "enabled") : undefined, waiting);
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
    { type: "button", class: `tool ${extra}`, onclick: whenEnabled(onClick) },
    glyph(name),
    element("span", { class: "tool-word" }, label),
  );
}
