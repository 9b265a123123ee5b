import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { turns } from "./turns.ts";

it("lets work on one thing wait for what came before, even when that failed, and other things go on", async () => {
  const seen: string[] = [];
  const order = turns();
  const work =
    (name: string, ms: number, fails = false) =>
    async () => {
      await sleep(ms);
      seen.push(name);
      if (fails) throw new Error(name);
    };
  await Promise.allSettled([
    order.take("one", work("first", 20, true)),
    order.take("one", work("second", 0)),
    order.take("two", work("other", 5)),
  ]);
  expect(seen).toEqual(["other", "first", "second"]);
});
