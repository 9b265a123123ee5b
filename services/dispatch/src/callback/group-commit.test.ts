import { expect, it } from "vitest";
import { groupCommit } from "./group-commit.ts";

const passing = Object.assign(new Error("deadlock detected"), { code: "40P01" });

it("writes what arrives together, or while another group is written, in one group each", async () => {
  const groups: number[][] = [];
  const release = Promise.withResolvers<void>();
  const { write } = groupCommit<number, number>(async (items) => {
    groups.push([...items]);
    if (groups.length === 1) await release.promise;
    return items.map((item) => item * 2);
  });
  const first = [write(1), write(2)];
  while (groups.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const second = [write(3), write(4), write(5)];
  release.resolve();
  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

it("writes again what failed in passing, and one by one what fails for good", async () => {
  let tries = 0;
  const { write } = groupCommit<number, number>(async (items) => {
    tries += 1;
    if (tries === 1) throw passing;
    if (items.includes(2)) throw new Error("two is bad");
    return items;
  });
  const answers = await Promise.allSettled([write(1), write(2), write(3)]);
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await write(4)).toBe(4);
});

it("gives up on what keeps failing in passing", async () => {
  let tries = 0;
  const { write } = groupCommit<number, number>(async () => {
    tries += 1;
    throw passing;
  });
  await expect(write(1)).rejects.toThrow("deadlock");
  expect(tries).toBe(5);
});
