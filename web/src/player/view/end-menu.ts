import type { Words } from "../words/en.ts";
import { button } from "./buttons.ts";
import { setState, whenEnabled } from "./control.ts";
import { Dialog } from "./dialog.ts";
import { element } from "./element.ts";
import { glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { CourseModel } from "./player-model.ts";

/** Further ways to end something, in the order of the menu. */
const controls = ["exit", "exitAll", "abandon", "abandonAll"] as const;
/** Pixels between the menu and the edge of the screen. */
const edge = 8;
type EndControl = (typeof controls)[number];

/** The menu with the rarer controls of a course with sequencing. What cannot be undone is asked about first. */
export class EndMenu {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #actions: PlayerActions;
  readonly #items: Readonly<Record<EndControl, HTMLButtonElement>>;
  readonly #list: HTMLElement;
  readonly #opener: HTMLElement;
  #course: CourseModel | undefined;

  constructor(words: Words, actions: PlayerActions) {
    this.#words = words;
    this.#actions = actions;
    const labels = {
      exit: words.exitActivity,
      exitAll: words.exitCourse,
      abandon: words.abandonActivity,
      abandonAll: words.abandonCourse,
    };
    const item = (control: EndControl) =>
      element(
        "button",
        {
          type: "button",
          class: "menu-item",
          "data-control": control,
          onclick: whenEnabled(() => this.#choose(control)),
        },
        labels[control],
      );
    this.#items = {
      exit: item("exit"),
      exitAll: item("exitAll"),
      abandon: item("abandon"),
      abandonAll: item("abandonAll"),
    };
    this.#list = element(
      "div",
      { class: "menu", id: "end-menu", popover: "auto", "aria-label": words.moreControls },
      ...controls.map((control) => this.#items[control]),
    );
    this.#opener = element(
      "button",
      { type: "button", class: "tool bar-more", "data-control": "more", popovertarget: "end-menu" },
      glyph("more"),
      element("span", { class: "tool-word" }, words.moreControls),
    );
    this.#list.addEventListener("toggle", () => this.#place());
    this.root = element("div", { class: "bar-menu" }, this.#opener, this.#list);
  }

  draw(course: CourseModel | undefined, playing: boolean, waiting: boolean): void {
    this.#course = course;
    const offered = playing && course?.standard === "scorm2004";
    for (const control of controls)
      setState(this.#items[control], offered ? course.controls[control] : undefined, waiting);
    this.root.hidden = controls.every((control) => this.#items[control].hidden);
  }

  /** Below its button, as far as there is room. */
  #place(): void {
    const { right } = this.#opener.getBoundingClientRect();
    const left = Math.min(right, innerWidth - edge) - this.#list.offsetWidth;
    this.#list.style.left = `${Math.max(edge, left)}px`;
  }

  #choose(control: EndControl): void {
    this.#list.hidePopover();
    if (control === "exit") this.#actions.end("exit");
    else this.#confirm(control);
  }

  #confirm(control: Exclude<EndControl, "exit">): void {
    const words = this.#words;
    const { title = "", activityTitle = "" } = this.#course ?? {};
    const [heading, text, label] = {
      exitAll: [words.exitCourseTitle(title), words.exitCourseText, words.exitCourse],
      abandon: [words.abandonActivityTitle(activityTitle), words.abandonActivityText, words.abandonActivity],
      abandonAll: [words.abandonCourseTitle(title), words.abandonCourseText, words.abandonCourse],
    }[control] as [string, string, string];
    const answer = (go: boolean) => () => {
      dialog.close();
      if (go) this.#actions.end(control);
    };
    const choices = [button(words.cancel, answer(false)), button(label, answer(true), "primary")];
    choices[1]?.setAttribute("data-confirm", control);
    const dialog = new Dialog(
      heading,
      [element("p", {}, text), element("div", { class: "page-actions" }, ...choices)],
      () => {
        dialog.root.remove();
        // The menu that it came from is gone.
        this.#opener.focus();
      },
    );
    document.body.append(dialog.root);
    dialog.open();
  }
}
