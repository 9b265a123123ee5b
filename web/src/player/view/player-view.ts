import { isPlaying, type Notice } from "../session/scene.ts";
import type { Words } from "../words/en.ts";
import { timeOfDay } from "../words/format.ts";
import { pickWords } from "../words/pick-words.ts";
import { Announcer } from "./announcer.ts";
import { Banner, bannerWords, noticeWords } from "./banner.ts";
import { Bar, saveWords } from "./bar.ts";
import { button } from "./buttons.ts";
import { ContentsPanel } from "./contents-panel.ts";
import { type Dialog, decision } from "./dialog.ts";
import { element, setAttribute } from "./element.ts";
import { HelpDialog } from "./help-dialog.ts";
import { drawPage, pageOf } from "./page.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { PlayerModel } from "./player-model.ts";
import { announcementOf, type SaveIndicator } from "./save-indicator.ts";
import { plain } from "./sentence.ts";
import { Shortcuts } from "./shortcuts.ts";

/** The parts of the screen in one language. */
interface Parts {
  readonly words: Words;
  readonly bar: Bar;
  readonly banner: Banner;
  readonly contents: ContentsPanel;
  readonly help: HelpDialog;
}

/** Milliseconds that writing to the device may take before silence would be worse than a warning. */
const deviceLag = 900;

/** The player's screen. `draw` brings it up to a model; everything the learner does goes to the actions. */
export class PlayerView {
  /** Where content frames are put. */
  readonly place = element("div", { class: "stage" });
  readonly #root: HTMLElement;
  readonly #actions: PlayerActions;
  readonly #announcer = new Announcer();
  readonly #shortcuts: Shortcuts;
  readonly #page = element("div", { class: "page-place" });
  #parts: Parts;
  #model: PlayerModel | undefined;
  #drawnPage = "";
  #dialog: { readonly kind: string; readonly dialog: Dialog } | undefined;
  #save: SaveIndicator = { kind: "idle" };
  #savedOnce = false;
  #notice: Notice | undefined;
  /** When trouble began that was not announced yet; 0 without. */
  #troubleSince = 0;

  constructor(root: HTMLElement, actions: PlayerActions) {
    this.#root = root;
    this.#actions = actions;
    this.#shortcuts = new Shortcuts({
      C: actions.toggleContents,
      N: actions.next,
      P: actions.previous,
      S: () => this.#readSaveState(),
      X: actions.leave,
    });
    this.#parts = this.#build(pickWords(...navigator.languages));
    addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Room for the contents beside the course. */
  get isWide(): boolean {
    return matchMedia("(min-width: 900px)").matches;
  }

  readonly frameTitle = (activity: string): string => this.#parts.words.frameTitle(activity);

  onKey(event: KeyboardEvent): void {
    this.#shortcuts.onKey(event);
  }

  /** Goes over to the launch's language, when it has one that there are words for; before there is content on the stage. */
  useLanguage(locale: string): void {
    const words = pickWords(locale, ...navigator.languages);
    if (words !== this.#parts.words) this.#parts = this.#build(words);
  }

  /** Moves the keyboard to the contents. */
  focusContents(): void {
    this.#parts.contents.focus();
  }

  /** Brings the screen up to the model. */
  draw(model: PlayerModel): void {
    const before = this.#model;
    this.#model = model;
    const { bar, banner, contents } = this.#parts;
    const { scene, course } = model;
    const playing = course !== undefined && (isPlaying(scene) || scene.kind === "leaseLost");
    bar.draw(model, playing);
    banner.draw(model, playing);
    contents.draw(model, playing);
    setAttribute(this.#root, "data-scene", scene.kind);
    this.#root.classList.toggle("sequenced", course?.standard === "scorm2004");
    setAttribute(this.#root, "data-how", scene.kind === "ended" ? scene.how : undefined);
    setAttribute(this.#root, "data-contents", contents.root.hidden ? "closed" : "open");
    this.#drawPage(model);
    this.#drawDialog(model);
    this.#announce(model);
    if (course) document.title = course.title;
    if (before && before.contentsOpen !== model.contentsOpen) this.#moveFocus(model.contentsOpen);
  }

  #build(words: Words): Parts {
    document.documentElement.lang = words.language;
    const help = new HelpDialog(words, this.#shortcuts);
    const bar = new Bar(words, this.#actions, () => this.#model && help.open(this.#model));
    const banner = new Banner(words, this.#actions);
    const contents = new ContentsPanel(words, this.#actions);
    const toCourse = element(
      "a",
      { class: "skip", href: "#course", onclick: (event) => this.#skipToCourse(event) },
      words.skipToCourse,
    );
    const toControls = element(
      "a",
      {
        class: "skip skip-back",
        href: "#player-controls",
        onclick: (event) => {
          event.preventDefault();
          bar.focus();
        },
      },
      words.backToControls,
    );
    this.#root.replaceChildren(
      toCourse,
      bar.root,
      banner.root,
      element(
        "div",
        { class: "body" },
        contents.root,
        element("main", { id: "course", class: "main" }, this.place, this.#page, toControls),
      ),
      help.root,
    );
    this.#drawnPage = "";
    return { words, bar, banner, contents, help };
  }

  #drawPage({ scene, course, returnUrl, save }: PlayerModel): void {
    const { words } = this.#parts;
    const canOpenContents = (course?.contents.length ?? 0) > 0 && course?.settings.showContents === true;
    const offline = save.kind === "offline" || save.kind === "failing";
    const facts = { returnUrl, canOpenContents, offline, canGoOn: course?.controls.continue === "enabled" };
    const page = pageOf(words, scene, this.#actions, facts);
    const signature = page ? JSON.stringify([scene, facts]) : "";
    if (signature === this.#drawnPage) return;
    this.#drawnPage = signature;
    this.#page.hidden = page === undefined;
    this.#page.replaceChildren(...(page ? [drawPage(page)] : []));
    if (!page) return;
    if (page.focus) this.#page.querySelector("h2")?.focus();
    else this.#announcer.say([page.heading, ...(page.lines ?? [])].join(" "));
  }

  #drawDialog({ scene }: PlayerModel): void {
    const kind = scene.kind === "leaseLost" || scene.kind === "unsaved" ? scene.kind : "";
    if ((this.#dialog?.kind ?? "") === kind) return;
    this.#dialog?.dialog.close();
    this.#dialog?.dialog.root.remove();
    this.#dialog = undefined;
    const { words } = this.#parts;
    const actions = this.#actions;
    if (scene.kind === "leaseLost") {
      const text = words.leaseLost(timeOfDay(words, scene.at));
      const choices = [
        button(words.continueHere, actions.continueHere, "primary"),
        button(words.close, actions.closeLost),
      ];
      this.#openDialog(kind, decision(words.leaseLostTitle, text, "", choices));
    } else if (scene.kind === "unsaved") {
      const note = scene.kept ? words.kept : words.keepOpen;
      this.#openDialog(
        kind,
        decision(words.unsavedTitle, words.unsaved, note, [button(words.saveNow, actions.tryNow, "primary")]),
      );
    }
  }

  #openDialog(kind: string, dialog: Dialog): void {
    this.#dialog = { kind, dialog };
    this.#root.append(dialog.root);
    dialog.open();
  }

  #announce({ save, now, notice }: PlayerModel): void {
    const { words } = this.#parts;
    if (notice && notice !== this.#notice) this.#announcer.say(noticeWords(words, notice));
    this.#notice = notice;
    const announcement = announcementOf(this.#save, save, this.#savedOnce);
    // The device's copy is a moment behind: what is said once should not be "keep this window open" when it is kept just afterwards.
    this.#troubleSince = announcement === "trouble" ? this.#troubleSince || now : 0;
    if (announcement === "trouble" && "kept" in save && !save.kept && now - this.#troubleSince < deviceLag) return;
    this.#save = save;
    this.#savedOnce ||= save.kind === "saved";
    if (announcement === "trouble" && (save.kind === "offline" || save.kind === "failing"))
      this.#announcer.interrupt(bannerWords(words, save.kind, { save, now, notice }));
    else if (announcement === "back") this.#announcer.say(words.back);
    else if (announcement === "saved") this.#announcer.say(saveWords(words, save));
  }

  #readSaveState(): void {
    if (!this.#model) return;
    const { save, now, notice } = this.#model;
    const { words } = this.#parts;
    const trouble = save.kind === "offline" || save.kind === "failing";
    this.#announcer.say(
      trouble
        ? bannerWords(words, save.kind, { save, now, notice })
        : plain(saveWords(words, save)) || words.nothingToSave,
    );
  }

  #skipToCourse(event: Event): void {
    event.preventDefault();
    const target = this.#page.hidden ? this.place.querySelector("iframe") : this.#page.querySelector("h2");
    target?.focus();
  }

  /** The contents cover the course on a narrow screen: the keyboard goes along, and comes back. */
  #moveFocus(contentsOpen: boolean): void {
    if (contentsOpen) this.#parts.contents.focus();
    else if (!document.activeElement || document.activeElement === document.body) this.#parts.bar.focus();
  }
}
