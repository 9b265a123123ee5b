import { isRecord, type PendingResult, readPendingResult, wholeNumber } from "./host-result.ts";

/** Name and version of what the package's page and the bridge say to each other. */
export const PROTOCOL = "coursemesh.dispatch";
export const PROTOCOL_VERSION = 1;

/** Why a launch is over. */
export type EndReason = "exit" | "revoked";

/** What the bridge says to the package's page. */
export type BridgeMessage =
  /** The course is opening. */
  | { readonly type: "hello" }
  | ({ readonly type: "result" } & PendingResult)
  /** The learner left, or must; every result was said before. */
  | { readonly type: "ended"; readonly reason: EndReason };

/** What the package's page says to the bridge. */
export type PageMessage =
  | { readonly type: "welcome" }
  /** The host has been told the result with that number, whatever it made of it. */
  | { readonly type: "told"; readonly sequence: number }
  /** The page goes away, or the host is finished. */
  | { readonly type: "closing" };

/** A message on its way. `seq` 0 carries nothing but an acknowledgement. */
export interface Envelope {
  readonly protocol: typeof PROTOCOL;
  readonly version: typeof PROTOCOL_VERSION;
  readonly secret: string;
  /** Number among the sender's messages, from 1. */
  readonly seq: number;
  /** Every message of the other side up to this number has arrived. */
  readonly ack: number;
  /** The message itself; absent in a mere acknowledgement. */
  readonly message?: unknown;
}

/** The envelope that some data is; undefined when it is anything else or does not know the secret. */
export function readEnvelope(data: unknown, secret: string): Envelope | undefined {
  if (!isRecord(data)) return undefined;
  if (data.protocol !== PROTOCOL || data.version !== PROTOCOL_VERSION || secret === "" || data.secret !== secret)
    return undefined;
  const { seq, ack, message } = data;
  if (!isCount(seq) || !isCount(ack)) return undefined;
  return { protocol: PROTOCOL, version: PROTOCOL_VERSION, secret, seq, ack, message };
}

/** A message of the bridge; undefined when it is none. */
export function readBridgeMessage(value: unknown): BridgeMessage | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case "hello":
      return { type: "hello" };
    case "result": {
      const pending = readPendingResult(value);
      return pending && { type: "result", ...pending };
    }
    case "ended":
      return { type: "ended", reason: value.reason === "revoked" ? "revoked" : "exit" };
    default:
      return undefined;
  }
}

/** A message of the package's page; undefined when it is none. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case "welcome":
    case "closing":
      return { type: value.type };
    case "told": {
      const sequence = wholeNumber(value.sequence);
      return sequence > 0 ? { type: "told", sequence } : undefined;
    }
    default:
      return undefined;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
