import { element, setText } from "../player/view/element.ts";
import type { Branding } from "./branding.ts";
import { readableOn } from "./readable-on.ts";
import { supportCode } from "./support-code.ts";
import type { PageWords } from "./words/en.ts";

/** Something a learner can do. */
export interface PageAction {
  readonly label: string;
  readonly act: () => void;
}

/** A card in the middle of the page. */
export interface Notice {
  /** For styles and tests. */
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  /** A quieter second paragraph. */
  readonly hint?: string;
  /** The first is the one to choose. */
  readonly actions?: readonly PageAction[];
  readonly busy?: boolean;
  /** Whom to ask for help, and with which code. */
  readonly support?: boolean;
}

/** What the view is given once. */
export interface ViewOptions {
  readonly words: PageWords;
  readonly branding: Branding;
  /** Id of the dispatch, for the support code. */
  readonly dispatchId: string;
}

/**
 * The page around a dispatched course: a card with words, or the course's frame, and a line above it when there is something to say.
 * Everything is text; nothing is ever read as HTML.
 */
export class PageView {
  readonly #root: HTMLElement;
  readonly #stage = element("div", { class: "stage" });
  readonly #line = element("div", { class: "line", role: "status" });
  readonly #card = element("main", { class: "card" });
  #options: ViewOptions;
  #shown = "";

  constructor(root: HTMLElement, options: ViewOptions) {
    this.#root = root;
    this.#options = options;
    root.replaceChildren(this.#line, this.#stage, this.#card);
    this.#line.hidden = true;
    this.use(options);
  }

  /** Changes words and looks, for pages that are shown from now on. */
  use(options: ViewOptions): void {
    this.#options = options;
    document.documentElement.lang = options.words.language;
    const { primaryColor } = options.branding;
    if (primaryColor === "") return;
    this.#root.style.setProperty("--brand", primaryColor);
    this.#root.style.setProperty("--on-brand", readableOn(primaryColor));
  }

  get words(): PageWords {
    return this.#options.words;
  }

  /** Shows a card, and takes the course's frame away unless it is to stay behind the card. */
  show(notice: Notice, { keepStage = false } = {}): void {
    if (!keepStage) this.#stage.replaceChildren();
    this.#stage.hidden = true;
    this.say("");
    this.#root.dataset.page = notice.kind;
    const isSame = this.#shown === notice.kind;
    this.#shown = notice.kind;
    const title = element("h1", { tabindex: -1 }, notice.title);
    const { hint, actions = [] } = notice;
    this.#card.replaceChildren(
      ...this.#logo(),
      ...(notice.busy ? [element("div", { class: "busy", "aria-hidden": "true" })] : []),
      title,
      element("p", { class: "text", role: notice.busy ? "status" : undefined }, notice.text),
      ...(hint === undefined ? [] : [element("p", { class: "hint" }, hint)]),
      ...(actions.length === 0 ? [] : [element("div", { class: "actions" }, ...actions.map(button))]),
      ...(notice.support ? this.#support() : []),
    );
    this.#card.hidden = false;
    // A page that only counts down must not take the keyboard away each second.
    if (!isSame && !notice.busy) title.focus();
  }

  /** Replaces the text of the card that is shown. */
  retell(text: string): void {
    const paragraph = this.#card.querySelector(".text");
    if (paragraph) setText(paragraph, text);
  }

  /** Shows a frame over the whole page. */
  showFrame(frame: HTMLIFrameElement): void {
    this.#root.dataset.page = "frame";
    this.#shown = "frame";
    this.#card.hidden = true;
    this.#card.replaceChildren();
    this.#stage.replaceChildren(frame);
    this.#stage.hidden = false;
  }

  /** Says something above the course; an empty text takes the line away. */
  say(text: string, actions: readonly PageAction[] = []): void {
    this.#line.hidden = text === "";
    this.#line.replaceChildren(...(text === "" ? [] : [element("span", {}, text), ...actions.map(button)]));
  }

  #logo(): HTMLElement[] {
    const { branding, words } = this.#options;
    if (branding.logoUrl === "") return [];
    const logo = element("img", { class: "logo", src: branding.logoUrl, alt: words.logo });
    logo.addEventListener("error", () => logo.remove());
    return [logo];
  }

  #support(): HTMLElement[] {
    const { branding, words, dispatchId } = this.#options;
    const code = supportCode(dispatchId);
    const { supportText, supportUrl } = branding;
    const lines = [
      ...(supportText === "" ? [] : [element("p", { class: "support-text" }, supportText)]),
      ...(supportUrl === ""
        ? []
        : [element("p", {}, element("a", { href: supportUrl, target: "_blank", rel: "noopener" }, words.more))]),
      ...(code === "" ? [] : [element("p", {}, `${words.contact} `, element("strong", { class: "code" }, code))]),
    ];
    return lines.length === 0 ? [] : [element("div", { class: "support" }, ...lines)];
  }
}

function button({ label, act }: PageAction): HTMLElement {
  return element("button", { type: "button", onclick: act }, label);
}
