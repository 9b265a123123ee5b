import type { Words } from "../words/en.ts";
import { resultInWords } from "../words/format.ts";
import { saveWords } from "./bar.ts";
import { button } from "./buttons.ts";
import { Dialog } from "./dialog.ts";
import { element } from "./element.ts";
import type { PlayerModel } from "./player-model.ts";
import type { Shortcuts } from "./shortcuts.ts";

/** Help: where the learner stands, and the keyboard shortcuts with their switch. */
export class HelpDialog {
  readonly root: HTMLDialogElement;
  readonly #words: Words;
  readonly #dialog: Dialog;
  readonly #facts = element("dl", { class: "facts-list" });

  constructor(words: Words, shortcuts: Shortcuts) {
    this.#words = words;
    const toggle = element("input", { type: "checkbox", id: "shortcuts-on" });
    toggle.checked = shortcuts.on;
    toggle.addEventListener("change", () => shortcuts.use(toggle.checked));
    const keys: readonly (readonly [string, string])[] = [
      ["C", words.shortcutContents],
      ["N", words.shortcutNext],
      ["P", words.shortcutPrevious],
      ["S", words.shortcutSaveState],
      ["X", words.shortcutExit],
    ];
    this.#dialog = new Dialog(
      words.helpTitle,
      [
        element("p", {}, words.helpSaving),
        this.#facts,
        element("h3", {}, words.shortcuts),
        element(
          "dl",
          { class: "keys" },
          ...keys.flatMap(([key, meaning]) => [
            element("dt", {}, ...["Alt", "Shift", key].map((name) => element("kbd", {}, name))),
            element("dd", {}, meaning),
          ]),
        ),
        element("label", { class: "check" }, toggle, words.shortcutsOn),
        element("p", { class: "quiet" }, words.shortcutsNote),
        element(
          "div",
          { class: "page-actions" },
          button(words.close, () => this.#dialog.close(), "primary"),
        ),
      ],
      () => {},
    );
    this.root = this.#dialog.root;
  }

  open(model: PlayerModel): void {
    const words = this.#words;
    const { course } = model;
    const facts: (readonly [string, string])[] = [];
    if (course && !course.reviewing) facts.push([words.saveState, saveWords(words, model.save) || words.nothingToSave]);
    if (course?.settings.showProgress) {
      const { activityCount, activitiesCompleted } = course.result;
      const many =
        activityCount > 1 ? words.progress(activitiesCompleted, activityCount) : resultInWords(words, course.result);
      facts.push([words.progressLabel, many]);
    }
    if (course?.settings.showTime) facts.push([words.timeSpent, words.minutes(course.minutes)]);
    this.#facts.replaceChildren(
      ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
    );
    this.#dialog.open();
  }
}
