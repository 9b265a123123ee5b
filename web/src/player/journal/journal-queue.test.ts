import type { UnnumberedCall } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LaunchError } from "../protocol/launch-error.ts";
import type { StoredLaunch } from "./call-store.ts";
import { JournalQueue, type JournalQueueOptions } from "./journal-queue.ts";
import { MemoryCallStore } from "./memory-call-store.ts";

const launch: StoredLaunch = { base: "/l/token/", launchId: "L1" };

function call(method: UnnumberedCall["method"], element = "", value = ""): UnnumberedCall {
  return { activity: "A", method, element, value, result: "true", error: "0" };
}
const location = (value: string) => call("SetValue", "cmi.core.lesson_location", value);
const commit = call("Commit");

/** A server that keeps numbers and bodies, and does what it is told next. */
function fakeServer() {
  const server = {
    acknowledged: 0,
    requests: [] as { first: number; calls: unknown[] }[],
    left: [] as { first: number; calls: unknown[] }[],
    next: [] as (LaunchError | number | Promise<void>)[],
    async append(first: number, body: string) {
      const calls = JSON.parse(body) as unknown[];
      server.requests.push({ first, calls });
      const told = server.next.shift();
      if (told instanceof LaunchError) throw told;
      if (typeof told === "number") {
        server.acknowledged = told;
        return { acknowledgedSeq: told };
      }
      await told;
      if (first <= server.acknowledged + 1)
        server.acknowledged = Math.max(server.acknowledged, first + calls.length - 1);
      return { acknowledgedSeq: server.acknowledged };
    },
    appendAndLeave(first: number, body: string) {
      server.left.push({ first, calls: JSON.parse(body) as unknown[] });
    },
  };
  return server;
}

function start(change: Partial<JournalQueueOptions> = {}) {
  const server = fakeServer();
  const store = new MemoryCallStore(true);
  const refused: LaunchError[] = [];
  const queue = new JournalQueue({
    api: server,
    store,
    launch,
    acknowledged: 0,
    unsent: [],
    onStatus: () => {},
    onRefused: (error) => refused.push(error),
    random: () => 0,
    online: () => true,
    hidden: () => false,
    ...change,
  });
  return { server, store, queue, refused };
}

const soon = () => vi.advanceTimersByTimeAsync(0);

describe("JournalQueue", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it("gathers values for a moment and sends them at once when the course commits", async () => {
    const { server, queue } = start();
    queue.record(location("1"));
    queue.record(location("2"));
    await soon();
    expect(server.requests).toEqual([]);
    queue.record(commit);
    await soon();
    expect(server.requests.map(({ first, calls }) => [first, calls.length])).toEqual([[1, 3]]);
    expect(queue.status).toMatchObject({ recorded: 3, acknowledged: 3, trouble: "none", waitingSince: 0 });
    queue.record(location("3"));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.requests.at(-1)).toMatchObject({ first: 4 });
  });

  it("does not gather in a hidden page, whose timers the browser slows down", async () => {
    const { server, queue } = start({ hidden: () => true });
    queue.record(location("1"));
    await soon();
    expect(server.acknowledged).toBe(1);
  });

  it("has one request on its way at a time, and keeps the order", async () => {
    const { server, queue } = start();
    let answer = () => {};
    server.next.push(new Promise<void>((resolve) => (answer = resolve)));
    queue.record(commit);
    await soon();
    queue.record(commit);
    queue.record(commit);
    await soon();
    expect(server.requests).toHaveLength(1);
    answer();
    await soon();
    expect(server.requests.map(({ first, calls }) => [first, calls.length])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it("says that something is saved only when the server has acknowledged it", async () => {
    const { server, queue } = start();
    let answer = () => {};
    server.next.push(new Promise<void>((resolve) => (answer = resolve)));
    queue.record(commit);
    await soon();
    expect(queue.status).toMatchObject({ acknowledged: 0, savedAt: 0, waitingSince: 1_800_000_000_000 });
    answer();
    await soon();
    expect(queue.status.savedAt).toBe(1_800_000_000_000);
  });

  it("says that something is kept on this device only when the store confirmed it, and never for a store that is not durable", async () => {
    const { queue, server } = start();
    server.next.push(new Promise(() => {}));
    queue.record(commit);
    expect(queue.status.kept).toBe(false);
    await soon();
    expect(queue.status.kept).toBe(true);
    const other = start({ store: new MemoryCallStore(false) });
    other.server.next.push(new Promise(() => {}));
    other.queue.record(commit);
    await soon();
    expect(other.queue.status.kept).toBe(false);
    class FullStore extends MemoryCallStore {
      override add(): Promise<void> {
        return Promise.reject(new Error("QuotaExceededError"));
      }
    }
    const full = start({ store: new FullStore(true) });
    full.server.next.push(new Promise(() => {}));
    full.queue.record(commit);
    await soon();
    expect(full.queue.status.kept).toBe(false);
  });

  it("tries again ever more slowly, tells the learner after the second failure, and recovers", async () => {
    const { server, queue } = start();
    const down = new LaunchError(503, "UNAVAILABLE", "down");
    server.next.push(down, down, down);
    queue.record(commit);
    await soon();
    expect(queue.status.trouble).toBe("none");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(queue.status).toMatchObject({ trouble: "failing", retryAt: Date.now() + 2_000 });
    queue.record(location("later"));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(server.requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.requests).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(queue.status).toMatchObject({ trouble: "none", acknowledged: 2, retryAt: 0 });
    expect(server.requests.at(-1)).toMatchObject({ first: 1 });
  });

  it("does not ask earlier than Retry-After, unless the learner wants it tried now", async () => {
    const { server, queue } = start();
    server.next.push(new LaunchError(503, "UNAVAILABLE", "down", {}, 20_000));
    queue.record(commit);
    await soon();
    await vi.advanceTimersByTimeAsync(19_000);
    expect(server.requests).toHaveLength(1);
    queue.flush();
    await soon();
    expect(queue.status.acknowledged).toBe(1);
  });

  it("tells offline from a server that fails", async () => {
    const { server, queue } = start({ online: () => false });
    server.next.push(new LaunchError(0, "NETWORK", "failed to fetch"));
    queue.record(commit);
    await soon();
    expect(queue.status.trouble).toBe("offline");
  });

  it("sends again what the server turns out not to have", async () => {
    const { server, queue } = start();
    for (let n = 1; n <= 4; n += 1) {
      queue.record(commit);
      await soon();
    }
    server.next.push(2);
    queue.record(commit);
    await soon();
    expect(server.requests.at(-1)).toMatchObject({ first: 3 });
    expect(server.acknowledged).toBe(5);
    expect(queue.status.acknowledged).toBe(5);
  });

  it("does not storm a server that never gets further", async () => {
    const { server, queue } = start();
    queue.record(commit);
    await soon();
    for (let n = 0; n < 50; n += 1) server.next.push(0);
    queue.record(commit);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.requests.length).toBeLessThan(9);
    expect(queue.status.trouble).toBe("failing");
  });

  it("goes on with the numbers of a launch that is opened again, sending first what the device still had", async () => {
    const kept = [3, 4].map((seq) => ({ ...commit, seq, at: 1 }));
    const { server, queue } = start({ acknowledged: 2, unsent: kept });
    server.acknowledged = 2;
    await soon();
    queue.record(commit);
    await soon();
    expect(server.requests.map(({ first }) => first)).toEqual([3, 5]);
    expect(queue.status).toMatchObject({ recorded: 5, acknowledged: 5 });
  });

  it("stops and says so when another window records, and sends nothing more", async () => {
    const { server, queue, refused } = start();
    server.next.push(new LaunchError(409, "LEASE_LOST", "lost"));
    queue.record(commit);
    await soon();
    queue.record(commit);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(refused.map((error) => error.reason)).toEqual(["LEASE_LOST"]);
    expect(server.requests).toHaveLength(1);
  });

  it("asks now and then whether the lease still holds while nothing is recorded", async () => {
    const { server, refused } = start();
    server.next.push(new LaunchError(410, "LAUNCH_OVER", "over", { end: "SUPERSEDED" }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.requests).toEqual([{ first: 1, calls: [] }]);
    expect(refused[0]?.leaseLost).toBe(true);
  });

  it("hands everything unacknowledged to the browser when the page goes, and each later call of an unload handler too", async () => {
    const { server, queue } = start();
    queue.record(location("1"));
    queue.leave();
    queue.record(call("Terminate"));
    expect(server.left.map(({ first, calls }) => [first, calls.length])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it("leaves to the device what is too large for a page that goes", async () => {
    const { server, store, queue } = start();
    queue.record(call("SetValue", "cmi.suspend_data", "x".repeat(70_000)));
    queue.leave();
    expect(server.left).toEqual([]);
    expect(await store.load(launch.base)).toHaveLength(1);
  });

  it("splits what is larger than half a megabyte", async () => {
    const { server, queue } = start();
    for (let n = 0; n < 3; n += 1) queue.record(call("SetValue", "cmi.suspend_data", "x".repeat(300_000)));
    queue.flush();
    await soon();
    expect(server.requests.map(({ first, calls }) => [first, calls.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it("forgets on the device what the server has", async () => {
    const { store, queue } = start();
    queue.record(commit);
    await soon();
    expect(await store.load(launch.base)).toEqual([]);
    expect(await store.launches()).toEqual([]);
  });

  it("carries strings that are no Unicode text", async () => {
    const { server, queue } = start();
    queue.record(call("SetValue", "cmi.suspend_data", "\ud83d|\udc00"));
    queue.flush();
    await soon();
    expect((server.requests[0]?.calls[0] as unknown[])[4]).toBe("\ud83d|\udc00");
  });
});
