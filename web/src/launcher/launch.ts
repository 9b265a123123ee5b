import type { PageView } from "../dispatch-pages/page-view.ts";
import { pickPageWords } from "../dispatch-pages/words/pick-page-words.ts";
import type { Gateway } from "../dispatch-protocol/gateway.ts";
import type { Admission, Outcome } from "./admission.ts";
import { Course } from "./course.ts";
import type { Dialect } from "./host/dialect.ts";
import { type ApiWindow, findApi, type HostApi } from "./host/find-api.ts";
import { Host, type HostLearner } from "./host/host.ts";
import { HostCaller } from "./host/host-call.ts";
import type { Receipt } from "./host/receipt.ts";
import { launchPages } from "./launch-pages.ts";
import type { LauncherPackage } from "./launcher-package.ts";
import { anonymousLearner } from "./learner-id.ts";
import { isFinal, openExchange } from "./open-exchange.ts";
import type { KeptStore } from "./outbox/kept-store.ts";
import { sendLeftOver } from "./outbox/launch-mail.ts";

/** What a launch works with. */
export interface LaunchParts {
  readonly pack: LauncherPackage;
  readonly dialect: Dialect;
  /** Where the search for the host's API begins. */
  readonly start: ApiWindow;
  readonly lmsProduct: () => string;
  readonly gateway: Gateway;
  readonly store: KeptStore;
  readonly view: PageView;
  /** Languages of the browser, best first. */
  readonly languages: readonly string[];
}

/** Hosts may offer their API only after the page has loaded. */
const apiWithin = 3_000;
const apiEvery = 100;
const initializeTries = 3;
/** A single failure is a hiccup that nobody needs to read about. */
const quietFailures = 1;

/**
 * One visit of a learner: finds the host, asks the server for a launch, and hands over to the course. Whatever happens, the host is finished
 * once, and nothing of a person is written to an address.
 */
export class Launch {
  readonly #parts: LaunchParts;
  readonly #early: Receipt[] = [];
  #host: Host | undefined;
  #learner: HostLearner | undefined;
  #course: Course | undefined;
  #gone = false;

  constructor(parts: LaunchParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { view, pack, gateway, store } = this.#parts;
    view.show(launchPages.starting(view.words, pack.title));
    sendLeftOver({ gateway, store });
    const api = await this.#waitForApi();
    if (this.#gone) return;
    if (api === undefined) return view.show(launchPages.noHost(view.words));
    const host = this.#newHost(api);
    this.#host = host;
    if (!(await this.#initialize(host)) || this.#gone) return;
    this.#learner = this.#nameLearner(host);
    await this.#enter(host, undefined);
  }

  /** Perhaps the last moment of this page: a phone may kill a hidden one. */
  hidden(): void {
    this.#host?.commit();
    this.#course?.flush();
  }

  /** The page goes away. Everything is said here; nobody can be asked any more. */
  leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    if (this.#course === undefined) this.#host?.finish(false);
    else this.#course.leave();
  }

  /** The page is shown again by the Back button; the host was finished when it went. */
  back(): void {
    const { view } = this.#parts;
    if (this.#gone) view.show(launchPages.gone(view.words));
  }

  async #waitForApi(): Promise<HostApi | undefined> {
    const { start, dialect } = this.#parts;
    for (let waited = 0; ; waited += apiEvery) {
      const api = findApi(start, dialect.apiName, dialect.methods.initialize);
      if (api !== undefined || waited >= apiWithin || this.#gone) return api;
      await pause(apiEvery);
    }
  }

  #newHost(api: HostApi): Host {
    const { dialect } = this.#parts;
    const onReceipt = (receipt: Receipt) => {
      if (this.#course === undefined) this.#early.push(receipt);
      else this.#course.onReceipt(receipt);
    };
    return new Host(new HostCaller({ api, dialect, onReceipt }), dialect, (sequence) => this.#course?.onTold(sequence));
  }

  /** Begins with the host; a learner may try again for as long as they like. */
  async #initialize(host: Host): Promise<boolean> {
    const { view, pack } = this.#parts;
    for (let tries = 1; !this.#gone; tries += 1) {
      if (host.initialize()) return true;
      if (tries % initializeTries === 0) {
        await new Promise<void>((resolve) => view.show(launchPages.hostRefused(view.words, resolve)));
        view.show(launchPages.starting(view.words, pack.title));
      } else await pause(500 * (tries % initializeTries));
    }
    return false;
  }

  #nameLearner(host: Host): HostLearner {
    const { view, pack, store, languages } = this.#parts;
    const learner = host.learner();
    const words = pickPageWords([learner.language, ...languages, pack.language]);
    if (words !== view.words) {
      view.use({ words, branding: pack.branding, dispatchId: pack.dispatchId });
      view.show(launchPages.starting(words, pack.title));
    }
    return learner.id === "" ? { ...learner, id: anonymousLearner(store, pack.dispatchId) } : learner;
  }

  /** Asks for a launch and shows the course, in `place` when the learner has opened a window for it. */
  async #enter(host: Host, open: ((admission: Admission | undefined) => void) | undefined): Promise<void> {
    const { view, gateway, pack, store } = this.#parts;
    const outcome = await this.#ask(host);
    if (this.#gone || outcome === undefined) return open?.(undefined);
    if (outcome.kind === "refused") {
      open?.(undefined);
      const branding = outcome.refusal.branding;
      view.use({ words: view.words, branding: { ...pack.branding, ...filled(branding) }, dispatchId: pack.dispatchId });
      const tryAgain = () => {
        view.show(launchPages.starting(view.words, pack.title));
        void this.#enter(host, undefined);
      };
      return view.show(launchPages.refused(view.words, outcome.refusal, tryAgain));
    }
    const { admission } = outcome;
    if (this.#course !== undefined) {
      this.#course.use(admission);
      return open?.(admission);
    }
    this.#course = new Course({
      host,
      gateway,
      store,
      view,
      title: pack.title,
      again: (then) => void this.#enter(host, then),
    });
    this.#course.use(admission);
    for (const receipt of this.#early.splice(0)) this.#course.onReceipt(receipt);
    this.#course.begin();
  }

  async #ask(host: Host): Promise<Outcome | undefined> {
    const { view, gateway, pack, dialect, lmsProduct } = this.#parts;
    const learner = this.#learner ?? { id: "", name: "", language: "" };
    const facts = { pack, learner, held: host.held(), lmsProduct: lmsProduct(), apiVersion: dialect.apiVersion };
    let countdown: ReturnType<typeof setInterval> | undefined;
    try {
      return await openExchange(gateway, facts, {
        onFailure: (failures, waitMs, retryNow) => {
          clearInterval(countdown);
          if (failures <= quietFailures || this.#gone) return;
          const until = Date.now() + waitMs;
          const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
          view.show(launchPages.offline(view.words, left(), retryNow));
          countdown = setInterval(() => view.retell(view.words.offlineText(left())), 1_000);
        },
      });
    } catch (error) {
      if (!isFinal(error)) throw error;
      view.show(launchPages.failed(view.words));
      return undefined;
    } finally {
      clearInterval(countdown);
    }
  }
}

/** What was chosen of a branding; the rest stays as the package has it. */
function filled<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")) as Partial<T>;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
