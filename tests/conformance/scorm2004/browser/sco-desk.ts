import type { BrowserContext } from "playwright-core";
import type { CallAnswer } from "../make-call.ts";

/** A SCO that has been opened and waits to be told which launch it is. */
export interface OpenSco {
  /** File name of its page. */
  readonly page: string;
  readonly activity: string;
  /** Makes the calls of the launch with this number, from 0; answers what came of them. */
  play(launch: number): Promise<readonly CallAnswer[]>;
}

/** Where SCOs of a browser context report: each one says that it is up before its first call, and what its calls answered. */
export class ScoDesk {
  #waiting: OpenSco | undefined;
  #done: ((answers: readonly CallAnswer[]) => void) | undefined;

  /** Opens the desk for all pages of a context. */
  async serve(context: BrowserContext): Promise<void> {
    await context.exposeBinding("scoIsUp", (_, page: string, activity: string) => {
      return new Promise<number>((tell) => {
        const play = (launch: number) =>
          new Promise<readonly CallAnswer[]>((resolve) => {
            this.#done = resolve;
            tell(launch);
          });
        this.#waiting = { page, activity, play };
      });
    });
    await context.exposeBinding("scoIsDone", (_, answers: readonly CallAnswer[]) => this.#done?.(answers));
  }

  /** The SCO that came up and has not been taken yet. */
  take(): OpenSco | undefined {
    const sco = this.#waiting;
    this.#waiting = undefined;
    return sco;
  }
}
