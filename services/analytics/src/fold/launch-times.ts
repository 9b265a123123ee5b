import { timestampMs } from "@bufbuild/protobuf/wkt";
import { type Launch, LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { SlotBook } from "./slot-book.ts";

/** Calls no further apart than this are one stretch of activity. */
const PAUSE_MS = 5 * 60_000;

/** A moment at which something was heard of a launch. */
interface Point {
  readonly at: number;
  /** Activity the learner was in from then on; undefined: as before. */
  readonly activity: string | undefined;
}

interface LaunchTimes {
  instanceId: string;
  openAt: number | undefined;
  endAt: number | undefined;
  readonly points: Point[];
}

/** Time spent in an activity. */
export interface ActivityTimes {
  wall: number;
  active: number;
}

/** Sums over all launches. */
export interface TimeTotals {
  readonly launchCount: number;
  readonly firstLaunchAt: number | null;
  readonly lastActiveAt: number | null;
  readonly open: boolean;
  readonly wall: number;
  readonly active: number;
  /** By instance and activity, as one text. */
  readonly activities: ReadonlyMap<string, ActivityTimes>;
}

/** Collects when launches were open and when something was heard of them. */
export interface LaunchBook {
  /** What an event says of a launch. Told again with other times, the later event counts. */
  tell(launch: Launch, ended: boolean): void;
  heard(launchId: string, instanceId: string, at: number, activity?: string): void;
  /** Writes launches and times to the slots. */
  settle(slots: SlotBook, versionOf: (instanceId: string) => string): TimeTotals;
}

export const activityKey = (instanceId: string, activity: string): string => `${instanceId} ${activity}`;

export function launchBook(): LaunchBook {
  const launches = new Map<string, LaunchTimes>();
  const launchOf = (id: string, instanceId: string): LaunchTimes => {
    const known = launches.get(id) ?? { instanceId, openAt: undefined, endAt: undefined, points: [] };
    launches.set(id, known);
    return known;
  };

  return {
    tell(launch, ended) {
      const known = launchOf(launch.id, launch.instanceId);
      known.instanceId = launch.instanceId;
      if (launch.openTime) known.openAt = timestampMs(launch.openTime);
      if (launch.activityTime) known.points.push({ at: timestampMs(launch.activityTime), activity: undefined });
      if (!ended || !launch.endTime) return;
      known.endAt = timestampMs(launch.endTime);
      // Other ends are brought about by the server's clock or by somebody else.
      if (launch.end === LaunchEnd.EXIT || launch.end === LaunchEnd.CLOSED)
        known.points.push({ at: known.endAt, activity: undefined });
    },
    heard(launchId, instanceId, at, activity) {
      if (launchId !== "") launchOf(launchId, instanceId).points.push({ at, activity });
    },
    settle(slots, versionOf) {
      const activities = new Map<string, ActivityTimes>();
      const totals = { launchCount: 0, wall: 0, active: 0, open: false };
      let first: number | null = null;
      let last: number | null = null;
      for (const { instanceId, openAt, endAt, points } of launches.values()) {
        if (openAt === undefined) continue;
        const versionId = versionOf(instanceId);
        totals.launchCount += 1;
        slots.add(versionId, openAt, "launches", 1);
        const heard = inOrder(openAt, points);
        const end = Math.max(openAt, endAt ?? heard.at(-1)?.at ?? openAt);
        slots.spread(versionId, openAt, end, "wall_ms");
        totals.wall += end - openAt;
        totals.open ||= endAt === undefined;
        first = Math.min(first ?? openAt, openAt);
        let activity: string | undefined;
        heard.forEach((point, index) => {
          slots.touch(versionId, point.at);
          last = Math.max(last ?? point.at, point.at);
          activity = point.activity ?? activity;
          const gap = (heard[index + 1]?.at ?? point.at) - point.at;
          const counts = gap <= PAUSE_MS ? gap : 0;
          if (counts > 0) slots.spread(versionId, point.at, point.at + gap, "active_ms");
          totals.active += counts;
          if (activity === undefined || gap === 0) return;
          const key = activityKey(instanceId, activity);
          const times = activities.get(key) ?? { wall: 0, active: 0 };
          times.wall += gap;
          times.active += counts;
          activities.set(key, times);
        });
      }
      return { ...totals, firstLaunchAt: first, lastActiveAt: last, activities };
    },
  };
}

/** Points in order of time, beginning with the opening. What a learner's clock puts before that counts as then. */
function inOrder(openAt: number, points: readonly Point[]): Point[] {
  const clipped = points.map((point) => ({ ...point, at: Math.max(openAt, point.at) }));
  return [{ at: openAt, activity: undefined }, ...clipped].toSorted((one, other) => one.at - other.at);
}
