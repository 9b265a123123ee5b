import type { JournalRow } from "./journal-rows.ts";

/** Where each row begins, in pixels, and after the last one where the list ends. */
export function rowOffsets(rows: readonly JournalRow[], callHeight: number, otherHeight: number): readonly number[] {
  const offsets = [0];
  for (const row of rows) offsets.push((offsets.at(-1) ?? 0) + (row.kind === "call" ? callHeight : otherHeight));
  return offsets;
}

/** Index of the row at a height, by halving. */
export function firstVisible(offsets: readonly number[], top: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle + 1] ?? Number.POSITIVE_INFINITY) <= top) low = middle + 1;
    else high = middle;
  }
  return low;
}
