import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { emptyResult } from "../result/result.ts";
import type { Append } from "./append.ts";
import { groupCommit } from "./group-commit.ts";

const append = (instanceId: string, calls = "[]"): Append => ({
  tenantId: "t",
  instanceId,
  registrationId: "r",
  launchId: "l",
  version: 0,
  epoch: 1,
  firstSeq: 1,
  lastSeq: 1,
  receivedAt: new Date(0),
  calls,
  current: "",
  result: emptyResult,
  touched: false,
  states: [],
  events: [],
});
const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe("group commit", () => {
  it("writes together what arrives at once, and what arrives while another group is being written", async () => {
    const groups: string[][] = [];
    const commit = groupCommit(async (appends) => {
      groups.push(appends.map((it) => it.instanceId));
      await sleep(1);
      return appends.map(() => true);
    }, 1);
    const first = ["a", "b"].map((id) => commit.write(append(id)));
    await nextTurn();
    await Promise.all([...first, ...["c", "d", "e"].map((id) => commit.write(append(id)))]);
    expect(groups).toEqual([
      ["a", "b"],
      ["c", "d", "e"],
    ]);
  });

  it("writes beside another group only when enough is waiting, or when that group takes long", async () => {
    const groups: number[] = [];
    const { promise: unlocked, resolve: unlock } = Promise.withResolvers<void>();
    const commit = groupCommit(async (appends) => {
      groups.push(appends.length);
      if (groups.length === 1) await unlocked;
      return appends.map(() => true);
    }, 2);
    const locked = commit.write(append("locked"));
    await nextTurn();
    await Promise.all(Array.from({ length: 20 }, (_, index) => commit.write(append(String(index)))));
    expect(groups).toEqual([1, 20]);
    expect(await commit.write(append("alone"))).toBe(true);
    expect(groups).toEqual([1, 20, 1]);
    unlock();
    await locked;
  });

  it("tells each member whether it was written", async () => {
    const commit = groupCommit(async (appends) => appends.map((it) => it.instanceId !== "conflict"), 1);
    expect(await Promise.all(["a", "conflict", "b"].map((id) => commit.write(append(id))))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("fails only the member that makes the statement fail", async () => {
    const commit = groupCommit(async (appends) => {
      if (appends.some((it) => it.instanceId === "bad")) throw failure("22021");
      return appends.map(() => true);
    }, 1);
    const outcomes = await Promise.allSettled(["a", "b", "bad", "c"].map((id) => commit.write(append(id))));
    expect(outcomes.map((it) => it.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(await commit.write(append("later"))).toBe(true);
  });

  it("writes again after a deadlock, and gives up in the end", async () => {
    let left = 2;
    const commit = groupCommit(async (appends) => {
      left -= 1;
      if (left >= 0) throw failure("40P01");
      return appends.map(() => true);
    }, 1);
    expect(await commit.write(append("a"))).toBe(true);
    left = 1_000;
    await expect(commit.write(append("a"))).rejects.toThrow("40P01");
  });

  it("does not put large deliveries into one statement", async () => {
    const groups: number[] = [];
    const commit = groupCommit(async (appends) => {
      groups.push(appends.length);
      await sleep(1);
      return appends.map(() => true);
    }, 1);
    const large = "x".repeat(3_000_000);
    await Promise.all(["a", "b", "c"].map((id) => commit.write(append(id, large))));
    expect(groups).toEqual([1, 1, 1]);
  });
});
