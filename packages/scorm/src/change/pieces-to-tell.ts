import type { JournalCall } from "../journal/journal-call.ts";

const INTERACTIONS = "cmi.interactions.";
/** Elements that can change a status while a session runs. */
const STATUS: ReadonlySet<string> = new Set([
  "cmi.core.lesson_status",
  "cmi.completion_status",
  "cmi.success_status",
  "cmi.progress_measure",
  "cmi.score.scaled",
]);

/**
 * Cuts calls where standings have to be compared, so that nothing that happened is overwritten by what comes after it: behind Initialize,
 * Terminate and Navigate, behind a Commit of something that may be told, before an interaction that was written begins anew, and
 * where another activity calls. Undefined when there is nothing to tell, which is usual.
 */
export function piecesToTell(calls: readonly JournalCall[]): JournalCall[][] | undefined {
  const pieces: JournalCall[][] = [];
  const written = new Set<string>();
  let piece: JournalCall[] = [];
  let worth = false;
  let any = false;
  const cut = (): void => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
    worth = false;
    written.clear();
  };
  for (const call of calls) {
    const { method, element } = call;
    const index = method === "SetValue" ? interactionIndex(element) : undefined;
    const begins = index !== undefined && element.endsWith(".id") && isOwnField(element, index);
    if (piece.at(-1)?.activity !== call.activity || (begins && written.has(index))) cut();
    piece.push(call);
    if (index !== undefined) written.add(index);
    const ends = method === "Initialize" || method === "Terminate" || method === "Navigate";
    if (ends || index !== undefined || (method === "SetValue" && STATUS.has(element))) worth = true;
    any ||= worth;
    if (ends || (method === "Commit" && worth)) cut();
  }
  cut();
  return any ? pieces : undefined;
}

/** Number of the last of some calls that wrote to an interaction; undefined when none did. */
export function lastCallOf(calls: readonly JournalCall[], interaction: number): JournalCall | undefined {
  const index = String(interaction);
  return calls.findLast(({ method, element }) => method === "SetValue" && interactionIndex(element) === index);
}

/** The index in an interaction's element. */
function interactionIndex(element: string): string | undefined {
  if (!element.startsWith(INTERACTIONS)) return undefined;
  const end = element.indexOf(".", INTERACTIONS.length);
  return end < 0 ? undefined : element.slice(INTERACTIONS.length, end);
}

/** Whether an element belongs to the interaction itself and not to one of its lists. */
function isOwnField(element: string, index: string): boolean {
  return element.indexOf(".", INTERACTIONS.length + index.length + 1) < 0;
}
