import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type Figures,
  FiguresSchema,
  type TimelinePoint,
  TimelinePointSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type pg from "pg";
import { addMeasures, type Measures, noMeasures, SCORE_UNIT } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";
import { activeIn } from "./active.ts";
import type { Scope } from "./scope.ts";
import { sumsOf } from "./sums.ts";

/**
 * Figures of a range as the contract shows them.
 * @param happened sums of what happened in the range.
 * @param standing sums from the beginning of time to the end of the range: how many stand where at that moment.
 */
export function toFigures(activeLearners: number, happened: Measures, standing: Measures): Figures {
  const count = BigInt;
  return create(FiguresSchema, {
    activeLearners: count(activeLearners),
    registrations: count(standing.covered),
    newRegistrations: count(happened.created),
    launches: count(happened.launches),
    completion: { count: count(standing.complete), of: count(standing.covered) },
    pass: { count: count(standing.passed), of: count(standing.passed + standing.failed) },
    failed: count(standing.failed),
    ...(standing.scored > 0 && { averageScoreScaled: standing.score / standing.scored / SCORE_UNIT }),
    time: {
      wallMs: count(happened.wall_ms),
      activeMs: count(happened.active_ms),
      reportedMs: count(happened.reported_ms),
    },
    statuses: {
      notAttempted: count(standing.not_attempted),
      incomplete: count(standing.incomplete),
      completed: count(standing.completed),
      passed: count(standing.passed),
      failed: count(standing.failed),
    },
    completions: count(happened.completions),
    passes: count(happened.passes),
    failures: count(happened.failures),
  });
}

/** Everything before a moment. */
export const before = (to: number): Range => ({ from: -Infinity, to });

/** Figures of some ranges that need not be beside each other. */
export async function figuresOf(client: pg.ClientBase, scope: Scope, ranges: readonly Range[]): Promise<Figures[]> {
  const sums = await sumsOf(client, scope, [...ranges, ...ranges.map(({ to }) => before(to))]);
  const at = new Map(sums.map(({ step, measures }) => [step, measures]));
  const active = await activeIn(client, scope, ranges);
  return ranges.map((_, index) =>
    toFigures(active[index]?.size ?? 0, at.get(index) ?? noMeasures(), at.get(ranges.length + index) ?? noMeasures()),
  );
}

/** Figures of each step of a period; the steps follow each other. */
export async function timelineOf(
  client: pg.ClientBase,
  scope: Scope,
  steps: readonly Range[],
): Promise<TimelinePoint[]> {
  const first = steps[0];
  if (first === undefined) return [];
  const sums = await sumsOf(client, scope, [...steps, before(first.from)]);
  const at = new Map(sums.map(({ step, measures }) => [step, measures]));
  const active = await activeIn(client, scope, steps);
  const standing = noMeasures();
  addMeasures(standing, at.get(steps.length) ?? noMeasures());
  return steps.map(({ from }, index) => {
    const happened = at.get(index) ?? noMeasures();
    addMeasures(standing, happened);
    return create(TimelinePointSchema, {
      startTime: timestampFromMs(from),
      figures: toFigures(active[index]?.size ?? 0, happened, standing),
    });
  });
}
