import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type OpenSco, ScoDesk } from "./sco-desk.ts";

/** What the player came to: a SCO, its table of contents, the end of the session, or trouble. */
export type Outcome =
  | { readonly kind: "sco"; readonly sco: OpenSco }
  | { readonly kind: "choosing" | "over" }
  | { readonly kind: "trouble"; readonly what: string };

/** Buttons of the player that a tester uses. */
export type PlayerControl = "continue" | "previous" | "exitAll";

const SCENES: Readonly<Record<string, Outcome["kind"]>> = {
  waiting: "choosing",
  nothing: "choosing",
  notPossible: "choosing",
  suspended: "over",
  ended: "over",
  refused: "trouble",
  popUpBlocked: "trouble",
  leaseLost: "trouble",
  closed: "trouble",
};

// What runs in the page is text, as nothing here knows the types of a browser.
const SCENE = 'document.querySelector("[data-scene]")?.dataset.scene ?? ""';
const CHOOSABLE = `[...document.querySelectorAll('[data-activity]:not([aria-disabled="true"])')]
  .filter((entry) => entry.checkVisibility())
  .map((entry) => ({ activity: entry.dataset.activity, current: entry.hasAttribute("aria-current") }))`;

const PATIENCE_MS = 15_000;
const PROMPTLY = { timeout: 5_000 };

/** The player as the learner sees it: its buttons, its table of contents and what stands in the middle. */
export class PlayerPage {
  readonly #page: Page;
  readonly #desk: ScoDesk;

  private constructor(page: Page, desk: ScoDesk) {
    this.#page = page;
    this.#desk = desk;
  }

  /** The player of a page whose SCOs report here. */
  static async of(page: Page): Promise<PlayerPage> {
    const desk = new ScoDesk();
    await desk.serve(page.context());
    return new PlayerPage(page, desk);
  }

  async launch(link: string): Promise<Outcome> {
    this.#desk.take();
    await this.#page.goto(link);
    return this.outcome();
  }

  /** Waits until the player has come to something; `from` is what stood there before, which does not count. */
  async outcome(from?: Outcome["kind"]): Promise<Outcome> {
    let scene = "";
    for (const limit = performance.now() + PATIENCE_MS; performance.now() < limit; await sleep(20)) {
      const sco = this.#desk.take();
      if (sco) return { kind: "sco", sco };
      scene = await this.#page.evaluate<string>(SCENE);
      const kind = SCENES[scene];
      if (kind === "trouble") return { kind, what: `${scene}: ${await this.#page.innerText("body")}` };
      if ((kind === "choosing" || kind === "over") && kind !== from) return { kind };
    }
    return { kind: "trouble", what: `nothing came after ${scene}: ${await this.#page.innerText("body")}` };
  }

  /** Presses a button, behind the menu if need be, and says yes where the player asks. Throws when it is not there or cannot be used. */
  async press(control: PlayerControl): Promise<void> {
    const button = this.#page.locator(`[data-control="${control}"]`);
    const more = this.#page.locator('[data-control="more"]');
    const inMenu = !(await button.isVisible()) && (await more.isVisible());
    if (inMenu) await more.click(PROMPTLY);
    await button.click(PROMPTLY);
    if (inMenu && control === "exitAll") await this.#page.click('[data-confirm="exitAll"]', PROMPTLY);
  }

  /** Chooses an activity in the table of contents. Throws when that is not possible. */
  async choose(activity: string): Promise<void> {
    await this.#page.click(`[data-activity="${activity}"]:not([aria-disabled="true"])`, PROMPTLY);
  }

  /** Whether a button is there and can be used. */
  async isUsable(control: PlayerControl): Promise<boolean> {
    const button = this.#page.locator(`[data-control="${control}"]`);
    return (await button.count()) === 1 && (await button.isVisible()) && (await button.isEnabled());
  }

  /** Entries of the table of contents that can be chosen now. */
  choosable(): Promise<ChoosableEntry[]> {
    return this.#page.evaluate<ChoosableEntry[]>(CHOOSABLE);
  }
}

/** An entry of the table of contents. */
export interface ChoosableEntry {
  readonly activity: string;
  readonly current: boolean;
}
