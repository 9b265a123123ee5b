import { LaunchError, toLaunchError } from "../player/protocol/launch-error.ts";
import { isRecord } from "./host-result.ts";

/** Calls of the gateway by name, below `{gateway}/dispatch/v1/`. */
export type GatewayCall = "exchanges" | "exchanges/redeem" | "results" | "receipts" | "callbacks";

/** The gateway as the browser reaches it. */
export interface Gateway {
  /** Posts JSON and gives the answer's fields. Rejects with a `LaunchError`, `NETWORK` when there is no answer. */
  post(call: GatewayCall, body: object, options?: PostOptions): Promise<Record<string, unknown>>;
  /** Hands a request over to the browser while the page goes away. False when the browser would not take it. */
  beacon(call: GatewayCall, body: object): boolean;
}

/** How a request is made. */
export interface PostOptions {
  /** Goes on when the page is closed; the browser allows 64 KiB of these at a time. */
  readonly keepalive?: boolean;
  readonly timeoutMs?: number;
}

const requestTimeout = 20_000;
/** Text is what a page of another origin may post without asking first, and the only thing that survives its end. */
const contentType = "text/plain;charset=UTF-8";

/** The gateway at an address without a slash at its end. No cookie is sent. */
export function connectGateway(base: string): Gateway {
  const address = (call: GatewayCall) => `${base}/dispatch/v1/${call}`;
  return {
    async post(call, body, { keepalive = false, timeoutMs = requestTimeout } = {}) {
      const abort = new AbortController();
      const late = setTimeout(() => abort.abort(), timeoutMs);
      try {
        const response = await fetch(address(call), {
          method: "POST",
          headers: { "content-type": contentType },
          body: JSON.stringify(body),
          credentials: "omit",
          cache: "no-store",
          referrerPolicy: "strict-origin-when-cross-origin",
          keepalive,
          signal: abort.signal,
        });
        if (!response.ok) throw await toLaunchError(response);
        const answer: unknown = await response.json();
        if (!isRecord(answer)) throw new LaunchError(0, "NETWORK", "the answer is no object");
        return answer;
      } catch (cause) {
        throw cause instanceof LaunchError ? cause : new LaunchError(0, "NETWORK", String(cause));
      } finally {
        clearTimeout(late);
      }
    },
    beacon(call, body) {
      try {
        return navigator.sendBeacon(address(call), new Blob([JSON.stringify(body)], { type: contentType }));
      } catch {
        return false;
      }
    },
  };
}
