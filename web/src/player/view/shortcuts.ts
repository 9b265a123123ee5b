/** What the keys do, by the letter that is pressed with Alt and Shift. */
export type ShortcutActions = Readonly<Record<"C" | "N" | "P" | "S" | "X", () => void>>;

const storageKey = "coursemesh-player-shortcuts";

/** Alt+Shift shortcuts, never single letters (WCAG 2.1.4), which the learner can switch off for this device. */
export class Shortcuts {
  readonly #actions: ShortcutActions;
  #on = read() !== "off";

  constructor(actions: ShortcutActions) {
    this.#actions = actions;
  }

  get on(): boolean {
    return this.#on;
  }

  use(on: boolean): void {
    this.#on = on;
    try {
      localStorage.setItem(storageKey, on ? "on" : "off");
    } catch {
      // Storage is switched off: the choice holds for this window.
    }
  }

  /** A key was pressed, in the player or inside content of the same origin. */
  onKey(event: KeyboardEvent): void {
    if (!this.#on || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    // The key's place, not its character: Alt changes what a Mac types.
    const letter = event.code.replace(/^Key/, "");
    if (!(letter in this.#actions)) return;
    event.preventDefault();
    this.#actions[letter as keyof ShortcutActions]();
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
