import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { repeat } from "./repeat.ts";

it("goes on after a failure, never twice at once, and not after its end", async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const repeated = repeat(1, pino({ level: "silent" }), "a test", async () => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (runs === 1) throw new Error("not yet");
  });
  repeated.start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(2), 20_000);
  await repeated.stop();
  const after = runs;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ most, running, more: runs - after }).toEqual({ most: 1, running: 0, more: 0 });
});
