import { setTimeout as sleep } from "node:timers/promises";
import { contentRequest } from "../product/content-request.ts";

/** What becomes of a request. */
export type Fate = "pass" | "cut" | "answer lost";

/** A learner's browser: what it keeps between pages, and the network between it and everybody. */
export class ScriptedBrowser {
  /** Texts of the platform's origin, which outlive its pages. */
  readonly storage = new KeptTexts();
  /** Decides about each request; may be replaced at any moment. */
  fate: () => Fate = () => "pass";
  /** Requests that were cut or whose answer was lost. */
  disturbed = 0;

  /** A request as a page of an origin makes it. Rejects as a browser's does when the network is gone. */
  async fetch(url: string, init: RequestInit, origin: string): Promise<Response> {
    const fate = this.fate();
    if (fate === "cut") {
      this.disturbed += 1;
      // Nothing is known at once of a connection that nobody answers.
      await sleep(20);
      throw new TypeError("Failed to fetch");
    }
    const headers = { ...Object.fromEntries(new Headers(init.headers)), origin, referer: `${origin}/` };
    const response = await (new URL(url).hostname.endsWith(".localhost")
      ? fromContentOrigin(url, init, headers)
      : fetch(url, { ...init, headers }));
    if (fate === "pass" && this.fate() !== "cut") return response;
    this.disturbed += 1;
    await response.body?.cancel();
    throw new TypeError("Failed to fetch");
  }
}

/** Browsers know where every `*.localhost` is. */
async function fromContentOrigin(url: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  const { method = "GET", body } = init;
  const { status, body: text } = await contentRequest(url, {
    method,
    headers,
    ...(typeof body === "string" && { body }),
  });
  return new Response(text, { status });
}

/** A browser's store: texts are its own properties, so that pages can list them. */
class KeptTexts {
  getItem(key: string): string | null {
    const value: unknown = Object.hasOwn(this, key) ? Reflect.get(this, key) : null;
    return typeof value === "string" ? value : null;
  }

  setItem(key: string, value: string): void {
    Reflect.set(this, key, value);
  }

  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}
