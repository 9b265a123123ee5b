/** What the journal's rules need of a recorded call. */
export interface CallLike {
  readonly launchId: string;
  readonly seq: number;
  readonly time: bigint;
  readonly activity: string;
  readonly method: string;
  readonly element: string;
  readonly value: string;
  readonly error: string;
}

/** Which calls to list. */
export interface CallFilter {
  readonly launch?: string | undefined;
  readonly activity?: string | undefined;
  readonly setOnly?: boolean | undefined;
  readonly errors?: boolean | undefined;
  readonly text?: string | undefined;
}

/** True for a call the course was refused. */
export function isError(call: CallLike): boolean {
  return call.error !== "" && call.error !== "0";
}

export function matchesCall(call: CallLike, filter: CallFilter): boolean {
  if (filter.launch && call.launchId !== filter.launch) return false;
  if (filter.activity && call.activity !== filter.activity) return false;
  if (filter.setOnly && call.method !== "SetValue") return false;
  if (filter.errors && !isError(call)) return false;
  const text = filter.text?.trim().toLowerCase();
  return !text || `${call.method} ${call.element} ${call.value}`.toLowerCase().includes(text);
}

/** For each call whether it changed a value: a SetValue that was accepted and gave an element another value than it had. */
export function changingCalls(calls: readonly CallLike[]): readonly boolean[] {
  const values = new Map<string, string>();
  return calls.map((call) => {
    if (call.method !== "SetValue" || isError(call)) return false;
    const key = `${call.activity} ${call.element}`;
    const changed = values.get(key) !== call.value;
    values.set(key, call.value);
    return changed;
  });
}

/** Index of the next change from `from` in a direction; the end of the list when there is none. */
export function nextChange(changes: readonly boolean[], from: number, direction: 1 | -1): number {
  for (let index = from + direction; index >= 0 && index < changes.length; index += direction)
    if (changes[index]) return index;
  return direction === 1 ? Math.max(0, changes.length - 1) : 0;
}

/** A call's address inside its registration: `<launch>:<seq>`. */
export function positionOf(call: CallLike): string {
  return `${call.launchId}:${call.seq}`;
}

/** Index of the call at an address; the last call when the address names none. */
export function indexOfPosition(calls: readonly CallLike[], position: string | undefined): number {
  const found = position ? calls.findIndex((call) => positionOf(call) === position) : -1;
  return found < 0 ? calls.length - 1 : found;
}
