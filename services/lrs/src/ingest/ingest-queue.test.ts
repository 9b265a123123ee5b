import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { expect, it } from "vitest";
import { ingestQueue, type Outcome } from "./ingest-queue.ts";
import type { Batch, PreparedStatement } from "./prepared-statement.ts";

const limits = { statements: 6, bytes: 1000, writers: 2 };
const batch = (tenantId: string, ...ids: string[]): Batch => ({
  tenantId,
  callerId: "caller",
  statements: ids.map((id) => ({ id, raw: "x" }) as PreparedStatement),
  same: () => true,
});
const stored: Outcome = { position: 1, known: 0 };

/** A writer that notes its groups as lists of ids. */
function notingWriter(answer: (group: readonly Batch[]) => Outcome[] = (group) => group.map(() => stored)) {
  const groups: string[][] = [];
  const write = async (group: readonly Batch[]): Promise<Outcome[]> => {
    groups.push(group.flatMap(({ statements }) => statements.map(({ id }) => id)));
    return answer(group);
  };
  return { groups, write };
}

it("writes together what arrives at once, each organization by itself", async () => {
  const { groups, write } = notingWriter();
  const queue = ingestQueue(write, limits);
  await Promise.all([batch("a", "1"), batch("b", "2"), batch("a", "3")].map((it) => queue.store(it)));
  expect(groups).toEqual([["1", "3"], ["2"]]);
});

it("keeps batches that share an id apart, in their order", async () => {
  const { groups, write } = notingWriter();
  const queue = ingestQueue(write, limits);
  await Promise.all([batch("a", "1"), batch("a", "1", "2"), batch("a", "3")].map((it) => queue.store(it)));
  expect(groups).toEqual([["1"], ["1", "2", "3"]]);
});

it("hands over a second group while one is written, when enough wait for it", async () => {
  const asked: number[] = [];
  const ends: (() => void)[] = [];
  const queue = ingestQueue(
    (group) => {
      asked.push(group.flatMap(({ statements }) => statements).length);
      return new Promise((resolve) => ends.push(() => resolve(group.map(() => stored))));
    },
    { statements: 10_000, bytes: 100_000, writers: 4 },
  );
  const many = (name: string, count: number) =>
    batch("a", ...Array.from({ length: count }, (_, index) => `${name}${index}`));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const all = [queue.store(many("first", 1))];
  await settled();
  all.push(queue.store(many("few", 100)));
  await settled();
  expect(asked).toEqual([1]);
  all.push(queue.store(many("more", 100)));
  await settled();
  expect(asked).toEqual([1, 200]);
  all.push(queue.store(many("third", 200)));
  await settled();
  expect(asked).toEqual([1, 200]);
  while (ends.length > 0) {
    ends.shift()?.();
    await settled();
  }
  await Promise.all(all);
  expect(asked).toEqual([1, 200, 200]);
});

it("fails a batch alone for what is its own fault", async () => {
  const { write } = notingWriter((group) => {
    if (group.some(({ statements }) => statements[0]?.id === "bad")) throw new Error("bad");
    return group.map(() => stored);
  });
  const queue = ingestQueue(write, limits);
  const outcomes = await Promise.allSettled(
    [batch("a", "1"), batch("a", "bad"), batch("a", "2")].map((it) => queue.store(it)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

it("passes on why a batch was refused", async () => {
  const queue = ingestQueue(async () => [new Error("conflict")], limits);
  await expect(queue.store(batch("a", "1"))).rejects.toThrow("conflict");
});

it("refuses more than may wait, but takes a batch larger than that when nothing waits", async () => {
  const { groups, write } = notingWriter();
  const queue = ingestQueue(write, limits);
  const large = queue.store(batch("a", "1", "2", "3", "4", "5", "6", "7"));
  const refusal = await queue.store(batch("b", "8")).catch((error: unknown) => error);
  expect(reasonOf(refusal)).toBe("OVERLOADED");
  await large;
  await queue.idle();
  await queue.store(batch("b", "8"));
  expect(groups.length).toBe(2);
});
