import type { Gateway } from "../../dispatch-protocol/gateway.ts";
import { isRecord } from "../../dispatch-protocol/host-result.ts";
import { type Receipt, receiptJson } from "../host/receipt.ts";
import { type Callback, signedCallback } from "./callback.ts";
import type { KeptStore } from "./kept-store.ts";
import { keptItems, Outbox } from "./outbox.ts";

/** What a launch's mail is sent with. */
export interface MailParts {
  readonly gateway: Gateway;
  readonly store: KeptStore;
  /** The server has ended the launch. */
  readonly onStop: () => void;
}

const prefix = "coursemesh-mail:";
const receiptBatch = 100;
/** Launches of earlier pages whose mail is sent; each is some requests. */
const mostLeftOver = 50;

/** Receipts and callbacks of one launch on their way to the server. */
export class LaunchMail {
  readonly #receipts: Outbox<unknown>;
  readonly #callbacks: Outbox<unknown>;
  readonly #sessionToken: string;
  #receiptCount = 0;
  #callbackCount = 0;

  constructor(
    { gateway, store, onStop }: MailParts,
    sessionToken: string,
    { receipts = [], callbacks = [] }: { receipts?: readonly unknown[]; callbacks?: readonly unknown[] } = {},
  ) {
    this.#sessionToken = sessionToken;
    const body = (items: readonly unknown[]) => ({ sessionToken, receipts: items });
    this.#receipts = new Outbox(
      {
        store,
        key: `${prefix}receipts:${sessionToken}`,
        batch: receiptBatch,
        deliver: async (items) => void (await gateway.post("receipts", body(items))),
        leave: (items) => gateway.beacon("receipts", body(items)),
      },
      receipts,
    );
    this.#callbacks = new Outbox(
      {
        store,
        key: `${prefix}callbacks:${sessionToken}`,
        batch: 1,
        deliver: async ([callback]) => {
          const answer = isRecord(callback) ? await gateway.post("callbacks", callback) : {};
          if (answer.stop === true) onStop();
        },
        leave: ([callback]) => isRecord(callback) && gateway.beacon("callbacks", callback),
      },
      callbacks,
    );
  }

  addReceipt(receipt: Receipt): void {
    this.#receiptCount += 1;
    this.#receipts.add(receiptJson(receipt, this.#receiptCount));
  }

  addCallback(callback: Omit<Callback, "sequence">, bridgeSecret: string): void {
    this.#callbackCount += 1;
    const numbered = { ...callback, sequence: this.#callbackCount };
    this.#callbacks.add(signedCallback(numbered, this.#sessionToken, bridgeSecret));
    this.#callbacks.flush();
  }

  flush(): void {
    this.#receipts.flush();
    this.#callbacks.flush();
  }

  /** The page goes away. */
  leave(): void {
    this.#receipts.leave();
    this.#callbacks.leave();
  }
}

/** Sends what pages of earlier launches kept and could not send. */
export function sendLeftOver(parts: Omit<MailParts, "onStop">): void {
  const tokens = new Set(
    parts.store
      .keys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(key.indexOf(":", prefix.length) + 1)),
  );
  for (const token of [...tokens].slice(0, mostLeftOver)) {
    const receipts = keptItems(parts.store, `${prefix}receipts:${token}`);
    const callbacks = keptItems(parts.store, `${prefix}callbacks:${token}`);
    new LaunchMail({ ...parts, onStop: () => undefined }, token, { receipts, callbacks }).flush();
  }
}
