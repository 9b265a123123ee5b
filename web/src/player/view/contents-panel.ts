import type { ContentsEntry, EntryStatus } from "../contents/contents-entry.ts";
import type { Words } from "../words/en.ts";
import { reasonInWords } from "../words/reason-in-words.ts";
import { element, setText } from "./element.ts";
import { glyph } from "./glyph.ts";
import type { PlayerActions } from "./player-actions.ts";
import type { PlayerModel } from "./player-model.ts";
import { sentence } from "./sentence.ts";

/** The contents: a nested list of buttons, with clusters that fold. Drawn anew only when something in it changed. */
export class ContentsPanel {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #actions: PlayerActions;
  readonly #facts = element("p", { class: "contents-facts" });
  readonly #list = element("div");
  readonly #folded = new Set<string>();
  #drawn = "";
  #entries: readonly ContentsEntry[] = [];
  #choosable = true;

  constructor(words: Words, actions: PlayerActions) {
    this.#words = words;
    this.#actions = actions;
    const hide = element(
      "button",
      {
        type: "button",
        class: "tool contents-hide",
        "aria-label": words.hideContents,
        onclick: actions.toggleContents,
      },
      glyph("close"),
    );
    this.root = element(
      "nav",
      { class: "contents", id: "contents", "aria-label": words.contents },
      element("div", { class: "contents-head" }, element("h2", { tabindex: -1 }, words.contents), hide),
      this.#facts,
      this.#list,
    );
  }

  draw({ course, contentsOpen }: PlayerModel, playing: boolean): void {
    const entries = course?.contents ?? [];
    this.root.hidden = !(playing && contentsOpen && entries.length > 0 && course?.settings.showContents);
    if (!course || entries.length === 0) return;
    const { result, minutes, settings } = course;
    const facts = [
      ...(settings.showProgress ? [this.#words.progress(result.activitiesCompleted, result.activityCount)] : []),
      ...(settings.showTime ? [`${this.#words.timeSpent} ${this.#words.minutes(minutes)}`] : []),
    ];
    setText(this.#facts, facts.join(" · "));
    this.#entries = entries;
    this.#choosable = settings.allowChoice;
    this.#drawList();
  }

  /** The keyboard comes here when the contents cover the course. */
  focus(): void {
    const current = this.#list.querySelector<HTMLElement>("[aria-current]");
    (current ?? this.#list.querySelector<HTMLElement>("button"))?.focus();
  }

  #drawList(): void {
    const signature = JSON.stringify([this.#entries, this.#choosable, [...this.#folded]]);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement?.id : undefined;
    this.#list.replaceChildren(this.#listOf(this.#entries));
    if (focused) document.getElementById(focused)?.focus();
  }

  #listOf(entries: readonly ContentsEntry[]): HTMLElement {
    return element("ul", { class: "entries" }, ...entries.map((entry) => this.#item(entry)));
  }

  #item(entry: ContentsEntry): HTMLElement {
    const { identifier, children } = entry;
    const own =
      entry.status === undefined
        ? this.#cluster(entry)
        : children.length > 0
          ? this.#choosableCluster(entry, entry.status)
          : this.#activity(entry, entry.status);
    const open = !this.#folded.has(identifier);
    return element("li", {}, ...own, ...(children.length > 0 && open ? [this.#listOf(children)] : []));
  }

  /** A part of the course that has a result of its own, and can be begun as a whole. */
  #choosableCluster(entry: ContentsEntry, status: EntryStatus): readonly Node[] {
    const { identifier, title } = entry;
    const [button, ...why] = this.#activity(entry, status);
    const fold = element(
      "button",
      {
        type: "button",
        id: `fold-${identifier}`,
        class: "fold",
        "aria-label": this.#words.partOf(title),
        "aria-expanded": String(!this.#folded.has(identifier)),
        onclick: () => this.#toggle(identifier),
      },
      glyph("down"),
    );
    return [element("div", { class: "entry-row" }, ...(button ? [button] : []), fold), ...why];
  }

  #toggle(identifier: string): void {
    if (!this.#folded.delete(identifier)) this.#folded.add(identifier);
    this.#drawList();
  }

  #cluster({ identifier, title }: ContentsEntry): readonly Node[] {
    const open = !this.#folded.has(identifier);
    return [
      element(
        "button",
        {
          type: "button",
          id: `entry-${identifier}`,
          class: "entry cluster",
          "aria-expanded": String(open),
          onclick: () => this.#toggle(identifier),
        },
        glyph("down"),
        element("span", { class: "entry-title", dir: "auto" }, title),
      ),
    ];
  }

  #activity({ identifier, title, current, selectable, reason }: ContentsEntry, status: EntryStatus): readonly Node[] {
    const explanation = !current && reason ? `why-${identifier}` : undefined;
    const choosable = (selectable && this.#choosable) || current;
    const entry = element(
      "button",
      {
        type: "button",
        id: `entry-${identifier}`,
        class: "entry",
        "data-activity": identifier,
        "aria-current": current ? "page" : undefined,
        // Focusable all the same, so that everybody can find out why.
        "aria-disabled": choosable ? undefined : "true",
        "aria-describedby": explanation,
        onclick: () => {
          if (choosable && !current) this.#actions.choose(identifier);
        },
      },
      glyph(status),
      element(
        "span",
        { class: "entry-text" },
        element("span", { class: "entry-title", dir: "auto" }, title),
        element("span", { class: `entry-status status-${status}` }, this.#words[status]),
      ),
    );
    const why =
      explanation &&
      reason &&
      element("p", { class: "entry-why", id: explanation }, ...sentence(reasonInWords(this.#words, reason)));
    return why ? [entry, why] : [entry];
  }
}
