import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PendingResult } from "../dispatch-protocol/host-result.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";
import { ResultFeed } from "./result-feed.ts";

const result = (sequence: number): PendingResult => ({
  sequence,
  result: { completion: "incomplete", success: "unknown", totalSeconds: 0, location: "" },
  instanceToken: "",
});

/** A feed from a server that holds a newest result, and keeps those who wait until there is news. */
function feed() {
  const server = { newest: 0, over: false, error: undefined as LaunchError | undefined, waits: [] as number[] };
  const heard: number[] = [];
  let ended = 0;
  const made = new ResultFeed({
    random: () => 0,
    pull: async (after, waitMs) => {
      server.waits.push(waitMs);
      if (server.error) throw server.error;
      const until = Date.now() + waitMs;
      while (server.newest <= after && !server.over && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 100));
      return { results: server.newest > after ? [result(server.newest)] : [], over: server.over };
    },
    onResult: ({ sequence }) => heard.push(sequence),
    onOver: () => {
      ended += 1;
    },
  });
  return { made, server, heard, ended: () => ended };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the feed of results", () => {
  it("asks at once when it is nudged, and hands over each result once", async () => {
    const { made, server, heard } = feed();
    server.newest = 3;
    await made.nudge();
    await made.nudge();
    expect(heard).toEqual([3]);
    expect(server.waits).toEqual([0, 0]);
  });

  it("asks once more when it is nudged while it asks", async () => {
    const { made, server, heard } = feed();
    server.newest = 1;
    const first = made.nudge();
    const second = made.nudge();
    server.newest = 2;
    await Promise.all([first, second]);
    expect(heard).toEqual([1, 2]);
    expect(server.waits).toHaveLength(2);
  });

  it("hears of news without any nudge", async () => {
    const { made, server, heard } = feed();
    made.start();
    await vi.advanceTimersByTimeAsync(5_000);
    server.newest = 4;
    await vi.advanceTimersByTimeAsync(200);
    expect(heard).toEqual([4]);
    made.stop();
  });

  it("goes on after failures, ever more slowly, and ends when the token is worth nothing any more", async () => {
    const { made, server, heard, ended } = feed();
    server.error = new LaunchError(0, "NETWORK", "");
    made.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.waits.length).toBeLessThan(8);
    server.error = undefined;
    server.newest = 1;
    await vi.advanceTimersByTimeAsync(40_000);
    expect([heard, ended()]).toEqual([[1], 0]);
    server.error = new LaunchError(401, "SESSION_TOKEN_INVALID", "");
    await made.nudge();
    expect(ended()).toBe(1);
  });

  it("ends when the provider ends the launch, after the last result", async () => {
    const { made, server, heard, ended } = feed();
    Object.assign(server, { newest: 2, over: true });
    await made.nudge();
    await made.nudge();
    expect([heard, ended(), server.waits.length]).toEqual([[2], 1, 1]);
  });
});
