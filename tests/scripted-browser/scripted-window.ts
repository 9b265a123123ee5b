import { createContext, Script } from "node:vm";
import type { ScriptedBrowser } from "./scripted-browser.ts";
import { ScriptedElement } from "./scripted-element.ts";

/** A message as listeners get it. */
interface MessageEvent {
  readonly data: unknown;
  readonly origin: string;
  readonly source: object;
}

/** Another window, as much of it as a page of another origin may use. */
export interface WindowView {
  readonly closed: boolean;
  postMessage(data: unknown, targetOrigin: string): void;
}

/** How a window comes about. */
export interface WindowOptions {
  readonly browser: ScriptedBrowser;
  readonly url: string;
  /** The window whose frame this one is. */
  readonly parent?: ScriptedWindow;
  /** A platform's window around a package's page: of the same origin, so that its API can be called. */
  readonly platform?: object;
  /** Id of the element that the page's script draws into. */
  readonly rootId?: string;
  /** What stands in that element's `data-page`. */
  readonly rootData?: string;
  /** A frame was put in: answers the window in it. */
  readonly onFrame?: (url: string, around: ScriptedWindow) => ScriptedWindow;
}

const compiled = new Map<string, Script>();

/**
 * A browser's window for scripts as they are shipped, without a browser: a global scope of its own, a document of some elements, timers and
 * requests that end with it, and messages that carry origin and source as browsers have them.
 */
export class ScriptedWindow {
  readonly origin: string;
  readonly browser: ScriptedBrowser;
  readonly parent: ScriptedWindow | undefined;
  readonly root: ScriptedElement;
  closed = false;
  /** Messages that arrived, the newest last; for those who want to repeat them. */
  readonly heard: { readonly data: unknown; readonly from: ScriptedWindow }[] = [];
  readonly #options: WindowOptions;
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #views = new Map<ScriptedWindow, WindowView>();
  readonly #frames = new Set<ScriptedWindow>();
  readonly #gone = new AbortController();

  constructor(options: WindowOptions) {
    this.#options = options;
    this.browser = options.browser;
    this.origin = new URL(options.url).origin;
    this.parent = options.parent;
    this.root = this.#element("div");
    this.root.dataset.page = options.rootData ?? "";
  }

  get url(): string {
    return this.#options.url;
  }

  /** Windows in frames of this one. */
  get frames(): readonly ScriptedWindow[] {
    return [...this.#frames];
  }

  /** Runs scripts one after the other, as a page includes them. */
  run(...sources: readonly string[]): void {
    const context = createContext(this.#globals());
    for (const source of sources) {
      const script = compiled.get(source) ?? new Script(source);
      compiled.set(source, script);
      script.runInContext(context);
    }
  }

  /** A request of this window's page. */
  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.any([...(init.signal ? [init.signal] : []), this.#gone.signal]);
    // Nobody is there any more to hear of it when the window is gone.
    return new Promise((resolve, reject) => {
      this.browser.fetch(url, { ...init, signal }, this.origin).then(
        (response) => this.closed || resolve(response),
        (error) => this.closed || reject(error),
      );
    });
  }

  /** How this window sees another: one and the same object for each, as the source of messages too. */
  viewOf(other: ScriptedWindow): WindowView {
    const known = this.#views.get(other);
    if (known) return known;
    const view: WindowView = {
      get closed() {
        return other.closed;
      },
      postMessage: (data, targetOrigin) => other.receive(data, this, targetOrigin),
    };
    this.#views.set(other, view);
    return view;
  }

  /** Somebody has posted a message here. */
  receive(data: unknown, from: ScriptedWindow, targetOrigin: string): void {
    const copy = structuredClone(data);
    setImmediate(() => {
      if (targetOrigin !== "*" && targetOrigin !== this.origin) return;
      this.heard.push({ data: copy, from });
      const event: MessageEvent = { data: copy, origin: from.origin, source: this.viewOf(from) };
      this.dispatch("message", event);
    });
  }

  dispatch(name: string, event: unknown = {}): void {
    if (this.closed) return;
    for (const listener of this.#listeners.get(name) ?? []) listener(event);
  }

  /** The page goes away as the learner or the platform wants it: it is told, and may still say something. */
  leave(): void {
    for (const name of ["beforeunload", "pagehide"]) this.dispatch(name);
    for (const frame of this.#frames) frame.leave();
    this.kill();
  }

  /** The page is gone without any farewell. */
  kill(): void {
    if (this.closed) return;
    this.closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#gone.abort();
    for (const frame of this.#frames) frame.kill();
  }

  #globals(): object {
    const { browser } = this;
    const { url, platform, rootId } = this.#options;
    const listeners = this.#listeners;
    const documentListeners = { addEventListener: () => undefined, removeEventListener: () => undefined };
    const scope: Record<string, unknown> = {
      ...{ fetch: (to: string, init?: RequestInit) => this.fetch(to, init), localStorage: browser.storage },
      ...{ AbortController, Blob, DOMException, Headers, Response, TextDecoder, TextEncoder, URL },
      ...{ atob, btoa, console, crypto, performance, structuredClone },
      ...{ setTimeout: this.#timer(setTimeout), setInterval: this.#timer(setInterval) },
      ...{ clearTimeout: this.#clear, clearInterval: this.#clear },
      screen: { availWidth: 1_280, availHeight: 800 },
      history: { replaceState: () => undefined },
      location: Object.assign(new URL(url), { reload: () => undefined }),
      navigator: {
        languages: ["en"],
        userAgent: "Scripted/1",
        sendBeacon: (to: string, body: Blob) => this.#beacon(to, body),
      },
      document: {
        ...documentListeners,
        ...{ readyState: "complete", hidden: false, referrer: this.parent ? `${this.parent.origin}/` : "", title: "" },
        documentElement: { lang: "" },
        body: this.#element("body"),
        getElementById: (id: string) => (id === rootId ? this.root : null),
        createElement: (tag: string) => this.#element(tag),
      },
      opener: null,
      addEventListener(name: string, listener: (event: unknown) => void) {
        listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
      },
      removeEventListener(name: string, listener: (event: unknown) => void) {
        listeners.get(name)?.delete(listener);
      },
    };
    scope.window = scope;
    scope.parent = platform ?? (this.parent ? this.viewOf(this.parent) : scope);
    return scope;
  }

  #element(tag: string): ScriptedElement {
    return new ScriptedElement(tag, (frame) => {
      const url = frame.getAttribute("src") ?? "";
      const shown = this.#options.onFrame?.(url, this);
      if (shown === undefined) return () => undefined;
      frame.contentWindow = this.viewOf(shown);
      this.#frames.add(shown);
      return () => {
        this.#frames.delete(shown);
        frame.contentWindow = null;
        shown.leave();
      };
    });
  }

  #timer(start: (act: () => void, wait?: number) => NodeJS.Timeout) {
    return (act: () => void, wait?: number): NodeJS.Timeout | undefined => {
      if (this.closed) return undefined;
      const timer = start(() => this.closed || act(), wait);
      this.#timers.add(timer);
      return timer;
    };
  }

  readonly #clear = (timer: NodeJS.Timeout | undefined): void => {
    clearTimeout(timer);
    if (timer) this.#timers.delete(timer);
  };

  /** Beacons go out when the page is gone already. */
  #beacon(url: string, body: Blob): boolean {
    void body.text().then((text) => {
      const init = { method: "POST", body: text, headers: { "content-type": body.type } };
      return this.browser.fetch(url, init, this.origin).then(
        (response) => response.body?.cancel(),
        () => undefined,
      );
    });
    return true;
  }
}
