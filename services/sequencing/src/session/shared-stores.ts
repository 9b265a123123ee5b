import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { Activity } from "@coursemesh/scorm/sequencing/activity-index.ts";

/** Targets of the stores that an activity sees. */
export function storesOf(activity: Activity | undefined): string[] {
  return (activity?.definition.dataMaps ?? []).map(({ targetId }) => targetId);
}

/** Targets of the stores that an activity may write. */
export function writableStoresOf(activity: Activity | undefined): Set<string> {
  const maps = activity?.definition.dataMaps ?? [];
  return new Set(maps.filter(({ writeSharedData }) => writeSharedData !== false).map(({ targetId }) => targetId));
}

/**
 * Which stores an activity changed, compared with what it was given: a text that it only saw may have been changed by another course meanwhile and
 * must not be put back.
 */
export function changedStores(activity: Activity | undefined, given: SharedData, left: SharedData): SharedData {
  const writable = writableStoresOf(activity);
  return Object.fromEntries(
    Object.entries(left).filter(([target, text]) => writable.has(target) && given[target] !== text),
  );
}
