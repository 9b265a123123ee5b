import { type CallLike, isError } from "./call-list.ts";

/** A row of the journal's list. `index` is the call's place among all calls. */
export type JournalRow =
  | { readonly kind: "launch"; readonly launchId: string }
  | { readonly kind: "call"; readonly index: number; readonly gap: number | undefined }
  | { readonly kind: "fold"; readonly from: number; readonly count: number; readonly label: string }
  | { readonly kind: "missing"; readonly after: number; readonly count: number };

/** A repeated run must be at least this often to be folded. */
const FOLD_FROM = 3;

/** Longest pattern that counts as a repeat: set time, set place, commit. */
const PATTERN = 3;

/**
 * Rows for the calls at `shown` (ascending indices into `calls`): a heading per launch, numbers missing between calls drawn as a gap,
 * and in the compact view repeats folded unless their first call is in `expanded`. Gaps are only claimed when nothing was filtered out.
 */
export function journalRows(
  calls: readonly CallLike[],
  shown: readonly number[],
  options: { readonly compact: boolean; readonly expanded: ReadonlySet<number>; readonly complete: boolean },
): readonly JournalRow[] {
  const rows: JournalRow[] = [];
  let previous: CallLike | undefined;
  for (let at = 0; at < shown.length; ) {
    const index = shown[at] as number;
    const call = calls[index] as CallLike;
    const sameLaunch = previous?.launchId === call.launchId;
    if (!sameLaunch) rows.push({ kind: "launch", launchId: call.launchId });
    const missing = options.complete ? call.seq - (sameLaunch && previous ? previous.seq : 0) - 1 : 0;
    if (missing > 0) rows.push({ kind: "missing", after: index - 1, count: missing });
    const length =
      options.compact && !options.expanded.has(index) ? repeatLength(calls, shown, at, options.complete) : 0;
    if (length > 0) {
      rows.push({ kind: "fold", from: index, count: length, label: foldLabel(calls, shown.slice(at, at + length)) });
      at += length;
    } else {
      const gap = sameLaunch && previous ? Number(call.time - previous.time) : undefined;
      rows.push({ kind: "call", index, gap });
      at += 1;
    }
    previous = calls[shown[at - 1] as number];
  }
  return rows;
}

/** How many calls from `at` repeat a pattern of one to three calls; 0 when they do not. Errors are never folded away, and a gap is never closed. */
function repeatLength(calls: readonly CallLike[], shown: readonly number[], at: number, complete: boolean): number {
  const keyAt = (place: number) => {
    const call = calls[shown[place] ?? -1];
    return call && !isError(call) ? `${call.launchId} ${call.activity} ${call.method} ${call.element}` : undefined;
  };
  const follows = (place: number) => {
    const [before, call] = [calls[shown[place - 1] ?? -1], calls[shown[place] ?? -1]];
    return keyAt(place) !== undefined && (!complete || call?.seq === (before?.seq ?? 0) + 1);
  };
  let best = 0;
  for (let period = 1; period <= PATTERN; period++) {
    let length = 1;
    while (length < period && follows(at + length)) length += 1;
    if (length < period) break;
    while (follows(at + length) && keyAt(at + length) === keyAt(at + length - period)) length += 1;
    const whole = length - (length % period);
    if (keyAt(at) !== undefined && whole / period >= FOLD_FROM && whole > best) best = whole;
  }
  return best;
}

/** `session_time ×41, Commit ×41`. */
function foldLabel(calls: readonly CallLike[], indices: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const index of indices) {
    const call = calls[index] as CallLike;
    const name = call.element ? (call.element.split(".").at(-1) ?? call.element) : call.method;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ×${count}`).join(", ");
}
