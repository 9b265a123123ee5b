import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Gateway } from "../../dispatch-protocol/gateway.ts";
import { LaunchError } from "../../player/protocol/launch-error.ts";
import type { Receipt } from "../host/receipt.ts";
import type { KeptStore } from "./kept-store.ts";
import { LaunchMail, sendLeftOver } from "./launch-mail.ts";

const receipt: Receipt = {
  call: "LMSCommit",
  element: "",
  value: "",
  returned: "true",
  errorCode: "0",
  errorText: "",
  latencyMs: 3,
  time: "2026-11-20T14:32:05.007Z",
  outcome: "ACCEPTED",
  resultSequence: 1,
};
const callback = { kind: "COMMIT", time: 0, result: undefined, cmi: {} } as const;

interface Mail {
  readonly sessionToken: string;
  readonly sequence?: string;
  readonly receipts?: readonly { readonly sequence: string }[];
}

/** A gateway that can be switched off, and a browser's store. */
function world() {
  const map = new Map<string, string>();
  const store: KeptStore = {
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
  const posted: string[] = [];
  const state = { online: true, stop: false };
  const gateway: Gateway = {
    post: async (call, body) => {
      if (!state.online) throw new LaunchError(0, "NETWORK", "");
      const { sessionToken, sequence, receipts = [] } = body as Mail;
      const numbers = sequence ?? receipts.map((it) => it.sequence).join();
      posted.push(`${call} ${sessionToken} ${numbers}`);
      return { stop: state.stop };
    },
    beacon: () => false,
  };
  return { map, store, posted, state, gateway };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("numbers receipts and callbacks of each launch from one", async () => {
  const { gateway, store, posted } = world();
  for (const token of ["first", "second"]) {
    const mail = new LaunchMail({ gateway, store, onStop: () => undefined }, token);
    mail.addReceipt(receipt);
    mail.addReceipt(receipt);
    mail.addCallback(callback, "secret");
    mail.addCallback(callback, "secret");
  }
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...posted].sort()).toEqual([
    "callbacks first 1",
    "callbacks first 2",
    "callbacks second 1",
    "callbacks second 2",
    "receipts first 1,2",
    "receipts second 1,2",
  ]);
});

it("keeps what it could not send for the next page, with the launch that it belongs to", async () => {
  const { gateway, store, posted, state, map } = world();
  state.online = false;
  const mail = new LaunchMail({ gateway, store, onStop: () => undefined }, "cms1.a.b.c");
  mail.addReceipt(receipt);
  mail.addCallback(callback, "secret");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(posted).toEqual([]);
  expect([...map.values()].join()).not.toContain("secret");
  vi.clearAllTimers();
  state.online = true;
  sendLeftOver({ gateway, store });
  await vi.advanceTimersByTimeAsync(100);
  expect([...posted].sort()).toEqual(["callbacks cms1.a.b.c 1", "receipts cms1.a.b.c 1"]);
  expect(map.size).toBe(0);
});

it("says when the server wants the launch to stop", async () => {
  const { gateway, store, state } = world();
  state.stop = true;
  const onStop = vi.fn();
  new LaunchMail({ gateway, store, onStop }, "t").addCallback(callback, "secret");
  await vi.advanceTimersByTimeAsync(100);
  expect(onStop).toHaveBeenCalledOnce();
});
