/** States in which an import stays. */
const ENDED = new Set(["complete", "failed", "canceled"]);

export function hasEnded(state: string): boolean {
  return ENDED.has(state);
}

/** Stages in order; a failed import names none of them, its numbers tell how far it came. */
export const STAGES = ["queued", "fetching", "reading", "publishing"] as const;

/** A stage an import can be in, or `undefined` for a word that is not known here. */
export function stageOf(state: string): (typeof STAGES)[number] | "complete" | "failed" | "canceled" | undefined {
  return [...STAGES, "complete" as const, "failed" as const, "canceled" as const].find((known) => known === state);
}

/** Share done of the present stage, 0..100; undefined when the whole is not known. */
export function importPercent(row: {
  readonly state: string;
  readonly bytesDone: bigint;
  readonly bytesTotal: bigint;
  readonly filesDone: number;
  readonly filesTotal: number;
}): number | undefined {
  if (row.state === "complete") return 100;
  const [done, total] =
    row.state === "fetching" || row.filesTotal === 0
      ? [Number(row.bytesDone), Number(row.bytesTotal)]
      : [row.filesDone, row.filesTotal];
  return total > 0 ? Math.min(100, Math.round((done / total) * 100)) : undefined;
}
