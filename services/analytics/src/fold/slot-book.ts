import type { Slot } from "./folded.ts";
import { floorTo, QUARTER_MS } from "./grains.ts";
import { isNothing, type Measure, noMeasures } from "./measures.ts";

/** Collects what happens by quarter hour and course version. */
export interface SlotBook {
  /** Adds to a measure at a moment. */
  add(versionId: string, at: number, measure: Measure, amount: number): void;
  /** Spreads the milliseconds of a stretch of time over the quarter hours it goes through. */
  spread(versionId: string, from: number, to: number, measure: "wall_ms" | "active_ms"): void;
  /** The learner did something. */
  touch(versionId: string, at: number): void;
  /** In order of time; without those in which nothing remains. */
  slots(): Slot[];
}

export function slotBook(): SlotBook {
  const slots = new Map<string, Slot>();
  const slotAt = (versionId: string, at: number): Slot => {
    const start = floorTo(0, at);
    const key = `${start} ${versionId}`;
    const slot = slots.get(key) ?? { at: start, course_version_id: versionId, active: false, measures: noMeasures() };
    slots.set(key, slot);
    return slot;
  };
  return {
    add(versionId, at, measure, amount) {
      slotAt(versionId, at).measures[measure] += amount;
    },
    spread(versionId, from, to, measure) {
      for (let start = from; start < to; ) {
        const stop = Math.min(to, floorTo(0, start) + QUARTER_MS);
        slotAt(versionId, start).measures[measure] += stop - start;
        start = stop;
      }
    },
    touch(versionId, at) {
      slotAt(versionId, at).active = true;
    },
    slots: () =>
      [...slots.values()]
        .filter((slot) => slot.active || !isNothing(slot.measures))
        .toSorted((one, other) => one.at - other.at || (one.course_version_id < other.course_version_id ? -1 : 1)),
  };
}
