import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import { LaunchError, toLaunchError } from "./launch-error.ts";
import type { OpenedLaunch } from "./opened-launch.ts";
import { newTraceParent } from "./trace-parent.ts";

/** What the server has after an append. */
export interface JournalReceipt {
  /** Every call up to this number is on the server's disk. */
  readonly acknowledgedSeq: number;
  /** SCORM 2004: what sequencing said about the newest of these calls that it was asked about; absent while it has not. */
  readonly answer?: SequencingAnswer;
}

/** The content origin's API for one launch. Every method rejects with a `LaunchError`. */
export interface LaunchApi {
  /** Opens the launch, or opens it again after a reload. `takeLease` takes it from whoever records now. */
  open(takeLease: boolean): Promise<OpenedLaunch>;
  /** Appends calls from number `first` on; `body` is the JSON text of their array. An empty array asks whether the lease still holds. */
  append(first: number, body: string): Promise<JournalReceipt>;
  /** Sends calls while the page goes away and nobody can wait for the answer. At most `largestKeepalive` bytes. */
  appendAndLeave(first: number, body: string): void;
  /** The learner left; everything was appended before. */
  close(): Promise<void>;
}

const requestTimeout = 30_000;

/** Bytes of a request that may outlive its page; browsers allow 64 KiB. */
export const largestKeepalive = 60 * 1024;

/** The API over `fetch`; `base` is the launch's address with a slash at the end, `/l/<token>/`. */
export function connectLaunchApi(base: string): LaunchApi {
  const post = async (path: string, body: string, keepalive = false): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(`${base}api/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", traceparent: newTraceParent() },
        body,
        credentials: "omit",
        cache: "no-store",
        keepalive,
        signal: AbortSignal.timeout(requestTimeout),
      });
    } catch (cause) {
      throw new LaunchError(0, "NETWORK", String(cause));
    }
    if (!response.ok) throw await toLaunchError(response);
    return response;
  };
  const answer = async <T>(response: Response): Promise<T> => {
    try {
      return (await response.json()) as T;
    } catch (cause) {
      throw new LaunchError(0, "NETWORK", `The answer broke off: ${cause}`);
    }
  };
  return {
    open: async (takeLease) => answer<OpenedLaunch>(await post("open", JSON.stringify({ takeLease }))),
    append: async (first, body) => {
      // A small request finishes even when its page is closed meanwhile.
      const keepalive = new Blob([body]).size <= largestKeepalive;
      return answer<JournalReceipt>(await post(`journal?first=${first}`, body, keepalive));
    },
    appendAndLeave(first, body) {
      const path = `journal?first=${first}`;
      // The browser allows 64 KiB of such requests at a time, beacons counted with them; it says so by rejecting.
      post(path, body, true).catch((error: LaunchError) => {
        if (error.reason === "NETWORK")
          navigator.sendBeacon(`${base}api/${path}`, new Blob([body], { type: "application/json" }));
      });
    },
    close: async () => {
      await post("close", JSON.stringify({ end: "EXIT" }), true);
    },
  };
}
