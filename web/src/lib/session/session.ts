import { Code, ConnectError } from "@connectrpc/connect";
import type { Viewer } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";

/** Whether somebody is signed in. `unknown` until the refresh cookie was tried. */
export type SessionState =
  | { readonly status: "unknown" }
  | { readonly status: "signed-out"; readonly ended: boolean }
  | { readonly status: "signed-in"; readonly viewer: Viewer };

/** The four calls a session makes. */
export interface SessionCalls {
  signIn(email: string, password: string): Promise<Viewer | undefined>;
  refresh(): Promise<Viewer | undefined>;
  signOut(): Promise<void>;
  switchOrganization(organizationId: string, accessToken: string): Promise<Viewer | undefined>;
}

/** An access token is renewed this long before it ends. */
const AHEAD_SECONDS = 30;

/** Who is signed in. The access token is held here and nowhere else; the refresh token is a cookie that no script can read. */
export class Session {
  readonly #calls: SessionCalls;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel | undefined;
  #state: SessionState = { status: "unknown" };
  #renewAt = 0;
  #refreshing: Promise<void> | undefined;

  constructor(calls: SessionCalls, now: () => number = Date.now) {
    this.#calls = calls;
    this.#now = now;
    // Signing out in one tab signs out the others.
    this.#channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("coursemesh.session");
    this.#channel?.addEventListener("message", () => this.#set({ status: "signed-out", ended: false }));
  }

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Signs in by password; throws what the server says. */
  async signIn(email: string, password: string): Promise<void> {
    this.#accept(await this.#calls.signIn(email, password));
  }

  /** Tries the cookie once when nothing is known yet. A network failure is thrown and leaves the state unknown. */
  async start(): Promise<SessionState> {
    if (this.#state.status === "unknown") await this.refresh();
    return this.#state;
  }

  /** Renews the token; callers at the same time share one request. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** A token that is good for some seconds; undefined when signed out. */
  async accessToken(): Promise<string | undefined> {
    if (this.#state.status === "signed-in" && this.#now() >= this.#renewAt) await this.refresh();
    return this.#state.status === "signed-in" ? this.#state.viewer.accessToken : undefined;
  }

  async signOut(): Promise<void> {
    try {
      await this.#calls.signOut();
    } finally {
      this.#set({ status: "signed-out", ended: false });
      this.#channel?.postMessage("signed-out");
    }
  }

  async switchOrganization(organizationId: string): Promise<void> {
    const token = await this.accessToken();
    this.#accept(await this.#calls.switchOrganization(organizationId, token ?? ""));
  }

  async #refresh(): Promise<void> {
    const wasSignedIn = this.#state.status === "signed-in";
    try {
      this.#accept(await this.#calls.refresh());
    } catch (error) {
      if (ConnectError.from(error).code !== Code.Unauthenticated) throw error;
      this.#set({ status: "signed-out", ended: wasSignedIn });
    }
  }

  #accept(viewer: Viewer | undefined): void {
    if (!viewer) {
      this.#set({ status: "signed-out", ended: false });
      return;
    }
    this.#renewAt = this.#now() + Math.max(1, viewer.accessSeconds - AHEAD_SECONDS) * 1000;
    this.#set({ status: "signed-in", viewer });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
