/** Children as scripts hand them over. */
export type Child = ScriptedElement | string;

/** As much of an element as our pages of few cards need. Frames begin to load when they are put in, and end when they are taken out. */
export class ScriptedElement {
  readonly tag: string;
  readonly dataset: Record<string, string> = {};
  readonly style = { setProperty: (): void => undefined };
  hidden = false;
  className = "";
  textContent = "";
  /** What a frame shows, as the document around it sees it. */
  contentWindow: object | null = null;
  readonly #onFrame: (frame: ScriptedElement) => () => void;
  readonly #attributes = new Map<string, string>();
  readonly #listeners = new Map<string, () => void>();
  #children: Child[] = [];
  #parent: ScriptedElement | undefined;
  #unload: (() => void) | undefined;

  /** @param onFrame is called with a frame that was put in; what it answers is called when it is taken out. */
  constructor(tag: string, onFrame: (frame: ScriptedElement) => () => void) {
    this.tag = tag;
    this.#onFrame = onFrame;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  addEventListener(name: string, listener: () => void): void {
    this.#listeners.set(name, listener);
  }

  focus(): void {}

  append(...children: readonly Child[]): void {
    for (const child of children) {
      this.#children.push(child);
      if (typeof child === "string") continue;
      child.#parent = this;
      if (child.tag === "iframe") child.#unload = this.#onFrame(child);
    }
  }

  appendChild(child: ScriptedElement): ScriptedElement {
    this.append(child);
    return child;
  }

  replaceChildren(...children: readonly Child[]): void {
    for (const child of this.#children) if (typeof child !== "string") child.remove();
    this.#children = [];
    this.append(...children);
  }

  remove(): void {
    this.#unload?.();
    this.#unload = undefined;
    for (const child of this.#children) if (typeof child !== "string") child.remove();
    const parent = this.#parent;
    if (parent !== undefined) parent.#children = parent.#children.filter((it) => it !== this);
    this.#parent = undefined;
  }

  /** The first element of a class, which is all our pages look for. */
  querySelector(selector: string): ScriptedElement | null {
    return this.#find((it) => `.${it.getAttribute("class") ?? ""}` === selector) ?? null;
  }

  /** Presses the button that says something, as a learner would. False when there is none. */
  press(label: string): boolean {
    const button = this.#find((it) => it.tag === "button" && it.#children[0] === label);
    if (button === undefined) return false;
    button.#listeners.get("click")?.();
    return true;
  }

  #find(fits: (it: ScriptedElement) => boolean): ScriptedElement | undefined {
    for (const child of this.#children) {
      if (typeof child === "string") continue;
      const found = fits(child) ? child : child.#find(fits);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
