import type { ContentsEntry, EntryStatus } from "../contents/contents-model.ts";
import type { Words } from "../words/en.ts";
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
    const own = entry.status === undefined ? this.#cluster(entry) : this.#activity(entry, entry.status);
    const open = !this.#folded.has(identifier);
    return element("li", {}, ...own, ...(children.length > 0 && open ? [this.#listOf(children)] : []));
  }

  #cluster({ identifier, title }: ContentsEntry): readonly Node[] {
    const open = !this.#folded.has(identifier);
    const toggle = () => {
      if (!this.#folded.delete(identifier)) this.#folded.add(identifier);
      this.#drawList();
    };
    return [
      element(
        "button",
        {
          type: "button",
          id: `entry-${identifier}`,
          class: "entry cluster",
          "aria-expanded": String(open),
          onclick: toggle,
        },
        glyph("down"),
        element("span", { class: "entry-title", dir: "auto" }, title),
      ),
    ];
  }

  #activity({ identifier, title, current, after }: ContentsEntry, status: EntryStatus): readonly Node[] {
    const locked = status === "locked";
    const explanation = locked && after.length > 0 ? `why-${identifier}` : undefined;
    const choosable = !locked && (this.#choosable || current);
    const entry = element(
      "button",
      {
        type: "button",
        id: `entry-${identifier}`,
        class: "entry",
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
      explanation && element("p", { class: "entry-why", id: explanation }, ...sentence(this.#words.opensAfter(after)));
    return why ? [entry, why] : [entry];
  }
}
