import { describe, expect, it } from "vitest";
import { type CallLike, changingCalls, indexOfPosition, isError, matchesCall, nextChange } from "./call-list.ts";
import { densityBands, placeOf } from "./density.ts";
import { journalRows } from "./journal-rows.ts";

function call(seq: number, change: Partial<CallLike> = {}): CallLike {
  return {
    launchId: "A",
    seq,
    time: BigInt(seq * 1000),
    activity: "sco1",
    method: "SetValue",
    element: "cmi.core.session_time",
    value: `00:00:0${seq % 10}`,
    error: "0",
    ...change,
  };
}

const commit = (seq: number) => call(seq, { method: "Commit", element: "", value: "" });
const all = (calls: readonly CallLike[]) => calls.map((_, index) => index);
const rowsOf = (calls: readonly CallLike[], compact = true, expanded: number[] = []) =>
  journalRows(calls, all(calls), { compact, expanded: new Set(expanded), complete: true });

describe("changes", () => {
  const calls = [
    call(1, { element: "cmi.core.lesson_location", value: "1" }),
    call(2, { element: "cmi.core.lesson_location", value: "1" }),
    commit(3),
    call(4, { element: "cmi.core.lesson_location", value: "x", error: "405" }),
    call(5, { element: "cmi.core.lesson_location", value: "2" }),
  ];
  it("are accepted calls that give another value", () => {
    expect(changingCalls(calls)).toEqual([true, false, false, false, true]);
  });
  it("are found in both directions, and the ends stop the search", () => {
    const changes = changingCalls(calls);
    expect(nextChange(changes, 0, 1)).toBe(4);
    expect(nextChange(changes, 4, -1)).toBe(0);
    expect(nextChange(changes, 4, 1)).toBe(4);
  });
});

describe("filters", () => {
  it("keep what was asked for", () => {
    const refused = call(1, { error: "201" });
    expect(isError(refused)).toBe(true);
    expect(matchesCall(refused, { errors: true, setOnly: true, text: "SESSION" })).toBe(true);
    expect(matchesCall(commit(2), { setOnly: true })).toBe(false);
    expect(matchesCall(refused, { launch: "B" })).toBe(false);
  });
});

describe("addresses", () => {
  it("find their call, and an unknown one means the newest", () => {
    const calls = [call(1), call(2), call(1, { launchId: "B" })];
    expect(indexOfPosition(calls, "A:2")).toBe(1);
    expect(indexOfPosition(calls, "B:1")).toBe(2);
    expect(indexOfPosition(calls, "C:9")).toBe(2);
    expect(indexOfPosition([], undefined)).toBe(-1);
  });
});

describe("rows", () => {
  it("fold repeats of one call and of a pattern, with their counts", () => {
    const calls = [
      call(1),
      commit(2),
      call(3),
      commit(4),
      call(5),
      commit(6),
      call(7, { element: "cmi.suspend_data" }),
    ];
    expect(rowsOf(calls)).toEqual([
      { kind: "launch", launchId: "A" },
      { kind: "fold", from: 0, count: 6, label: "session_time ×3, Commit ×3" },
      { kind: "call", index: 6, gap: 1000 },
    ]);
  });
  it("show every call of a fold that was opened, and of the full view", () => {
    const calls = [call(1), call(2), call(3)];
    expect(rowsOf(calls, false)).toHaveLength(4);
    expect(rowsOf(calls, true)).toHaveLength(2);
  });
  it("never fold an error away", () => {
    const calls = [call(1), call(2), call(3), call(4, { error: "405" }), call(5)];
    expect(rowsOf(calls).map((row) => row.kind)).toEqual(["launch", "fold", "call", "call"]);
  });
  it("draw missing numbers as a gap, at the start of a launch too, but not when calls were filtered out", () => {
    const calls = [call(2), call(5)];
    expect(rowsOf(calls).map((row) => (row.kind === "missing" ? row.count : row.kind))).toEqual([
      "launch",
      1,
      "call",
      2,
      "call",
    ]);
    const filtered = journalRows(calls, [0, 1], { compact: true, expanded: new Set(), complete: false });
    expect(filtered.map((row) => row.kind)).toEqual(["launch", "call", "call"]);
  });
  it("never fold over missing numbers", () => {
    const calls = [call(1), call(2), call(3), call(6), call(7), call(8)];
    expect(rowsOf(calls).map((row) => row.kind)).toEqual(["launch", "fold", "missing", "fold"]);
  });
  it("begin each launch with a heading and without a gap in time", () => {
    const rows = rowsOf([call(1), call(1, { launchId: "B", time: 999_999n })]);
    expect(rows[3]).toEqual({ kind: "call", index: 1, gap: undefined });
  });
});

describe("density", () => {
  it("puts launches side by side however far apart they are, and keeps a small one visible", () => {
    const calls = [
      ...Array.from({ length: 99 }, (_, index) => call(index + 1)),
      call(1, { launchId: "B", time: 10_000_000n }),
    ];
    const bands = densityBands(calls);
    expect(bands).toHaveLength(2);
    expect(bands[1]?.to).toBeCloseTo(1);
    expect((bands[1]?.to ?? 0) - (bands[1]?.from ?? 0)).toBeGreaterThan(0.03);
    expect(bands[0]?.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(99);
  });
  it("places calls in time inside their launch", () => {
    const calls = [call(1), call(2), call(3)];
    const bands = densityBands(calls);
    expect(placeOf(bands, calls, 0)).toBe(0);
    expect(placeOf(bands, calls, 1)).toBeCloseTo(0.5);
    expect(placeOf(bands, calls, 2)).toBe(1);
  });
});
