import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LaunchError } from "../../player/protocol/launch-error.ts";
import { type KeptStore, keptStore } from "./kept-store.ts";
import { keptItems, Outbox } from "./outbox.ts";

function memoryStore(): KeptStore & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
}

/** An outbox whose server answers with the errors given, then takes everything. */
function outbox(errors: LaunchError[] = [], items: number[] = []) {
  const store = memoryStore();
  const sent: number[][] = [];
  const beacons: number[][] = [];
  const box = new Outbox<number>(
    {
      store,
      key: "k",
      batch: 2,
      random: () => 0,
      deliver: async (batch) => {
        const error = errors.shift();
        if (error) throw error;
        sent.push([...batch]);
      },
      leave: (batch) => beacons.push([...batch]) > 0,
    },
    items,
  );
  return { box, store, sent, beacons };
}

const offline = () => new LaunchError(0, "NETWORK", "");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("an outbox", () => {
  it("keeps items in the browser until the server has them, and sends them in order", async () => {
    const { box, store, sent } = outbox();
    for (const item of [1, 2, 3]) box.add(item);
    expect(keptItems(store, "k")).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(sent).toEqual([[1, 2], [3]]);
    expect([box.size, store.map.size]).toEqual([0, 0]);
  });

  it("tries again ever more slowly while there is no answer, and not before the server wants it", async () => {
    const slow = new LaunchError(429, "RATE_LIMITED", "", {}, 7_000);
    const { box, sent } = outbox([offline(), slow]);
    box.add(1);
    await vi.advanceTimersByTimeAsync(1_000 + 1_000 + 6_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual([[1]]);
  });

  it("gives up what the server will never take, and goes on with the rest", async () => {
    const { box, sent } = outbox([new LaunchError(401, "SESSION_TOKEN_INVALID", "")]);
    for (const item of [1, 2, 3]) box.add(item);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(sent).toEqual([[3]]);
    expect(box.size).toBe(0);
  });

  it("hands everything over when the page goes away, and keeps it in case that is lost", () => {
    const { box, store, beacons } = outbox([offline()]);
    for (const item of [1, 2, 3]) box.add(item);
    box.leave();
    expect(beacons).toEqual([[1, 2], [3]]);
    expect(keptItems(store, "k")).toEqual([1, 2, 3]);
  });

  it("takes what an earlier page left", async () => {
    const { sent } = outbox([], [8, 9]);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([[8, 9]]);
  });
});

it("lives without the browser's store", () => {
  const blocked = keptStore(() => {
    throw new DOMException("denied", "SecurityError");
  });
  blocked.set("a", "b");
  blocked.remove("a");
  expect([blocked.get("a"), blocked.keys(), keptItems(blocked, "a")]).toEqual([undefined, [], []]);
});

it("reads damaged items as none", () => {
  const store = memoryStore();
  store.set("k", "{");
  expect(keptItems(store, "k")).toEqual([]);
});
