import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";

/** What one step changed of a state: whole entries by their key, null for one that is gone. */
export interface StateDifference {
  readonly activities?: Readonly<Record<string, unknown>>;
  readonly globalObjectives?: Readonly<Record<string, unknown>>;
  readonly currentActivity?: string | null;
  readonly suspendedActivity?: string | null;
  readonly prepared?: boolean | null;
}

/** A state before anything happened. */
export const emptyState: SequencingState = { activities: {}, globalObjectives: {} };

/** What has to be laid over `before` to get `after`. */
export function differenceOf(before: SequencingState, after: SequencingState): StateDifference {
  const plain = (["currentActivity", "suspendedActivity", "prepared"] as const).filter(
    (key) => before[key] !== after[key],
  );
  const activities = changed(before.activities, after.activities);
  const globalObjectives = changed(before.globalObjectives, after.globalObjectives);
  return {
    ...Object.fromEntries(plain.map((key) => [key, after[key] ?? null])),
    ...(activities && { activities }),
    ...(globalObjectives && { globalObjectives }),
  };
}

/** Lays a difference over a state. */
export function withDifference(before: SequencingState, difference: StateDifference): SequencingState {
  const { activities, globalObjectives, ...plain } = difference;
  const laid = { ...before, ...plain };
  return {
    ...(Object.fromEntries(Object.entries(laid).filter(([, value]) => value !== null)) as unknown as SequencingState),
    activities: merged(before.activities, activities),
    globalObjectives: merged(before.globalObjectives, globalObjectives),
  };
}

function changed(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const entries = [...keys].flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    const same = old === now || (old !== undefined && now !== undefined && canonicalJson(old) === canonicalJson(now));
    return same ? [] : [[key, now ?? null] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function merged<Value>(
  before: Readonly<Record<string, Value>>,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, Value> {
  const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Record<string, Value>;
}
