import { expect, it } from "vitest";
import { piecesOf } from "./grains.ts";

const at = (text: string): number => Date.parse(`${text}Z`);
const shown = (from: number, to: number): string[] =>
  piecesOf(from, to).map(
    (piece) =>
      `${piece.grain} ${piece.from === -Infinity ? "…" : new Date(piece.from).toISOString().slice(0, 16)} ${new Date(piece.to).toISOString().slice(0, 16)}`,
  );

it("reads a range in runs of steps as coarse as possible", () => {
  expect(shown(at("2026-01-30T18:30"), at("2026-03-02T05:45"))).toEqual([
    "0 2026-01-30T18:30 2026-01-30T19:00",
    "1 2026-01-30T19:00 2026-01-31T00:00",
    "2 2026-01-31T00:00 2026-02-01T00:00",
    "3 2026-02-01T00:00 2026-03-01T00:00",
    "2 2026-03-01T00:00 2026-03-02T00:00",
    "1 2026-03-02T00:00 2026-03-02T05:00",
    "0 2026-03-02T05:00 2026-03-02T05:45",
  ]);
});

it("begins with the beginning of time where asked to", () => {
  expect(shown(-Infinity, at("2026-03-01T01:00"))).toEqual([
    "3 … 2026-03-01T00:00",
    "1 2026-03-01T00:00 2026-03-01T01:00",
  ]);
});

it("widens what is no quarter hour", () => {
  expect(shown(at("2026-03-01T01:01"), at("2026-03-01T01:16"))).toEqual(["0 2026-03-01T01:00 2026-03-01T01:30"]);
});
