import type { FiguresPoint, FiguresView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import type { ChartPoint } from "../../components/chart/chart-data.ts";
import type { Board } from "./board/board-context.ts";
import type { Formats } from "./use-formats.ts";

/** What of a step's figures is drawn; undefined: there is nothing to draw. */
export type Reading = (figures: FiguresView) => number | undefined;

/**
 * Points of a chart over time. The step that is not over yet is marked.
 * @param readings by key of the series. @param previous compared with, step by step.
 * @param figure what a point opens, as a figure's kind; absent: nothing.
 */
export function timePoints(
  board: Board,
  formats: Formats,
  points: readonly FiguresPoint[],
  readings: Readonly<Record<string, Reading>>,
  compared?: { readonly points: readonly FiguresPoint[]; readonly reading: Reading },
  figure?: string,
): ChartPoint[] {
  const { step } = board.range;
  return points.map((point, index): ChartPoint => {
    const start = Number(point.startTime);
    const values = Object.entries(readings).map(([key, reading]) => [key, point.figures && reading(point.figures)]);
    const before = compared?.points[index]?.figures;
    const end = Number(point.endTime);
    return {
      key: String(start),
      label: formats.label(start, step),
      tick: formats.tick(start, step),
      values: {
        ...Object.fromEntries(values),
        ...(compared && compared.points.length > 0 && { before: before && compared.reading(before) }),
      },
      unfinished: end === 0,
      ...(figure && { onOpen: () => board.open({ kind: figure, start, end }) }),
    };
  });
}

/** A share of figures; undefined of nothing. */
export function shareOf(part: bigint, whole: bigint): number | undefined {
  return whole > 0n ? Number(part) / Number(whole) : undefined;
}

/** How a number changed: against the earlier one, as a share of it for amounts and as a difference for shares. */
export function changeOf(now: number | undefined, before: number | undefined, kind: "amount" | "share") {
  if (now === undefined || before === undefined) return undefined;
  const change = kind === "share" ? now - before : before === 0 ? undefined : (now - before) / before;
  if (change === undefined) return undefined;
  return { change, direction: Math.abs(change) < 0.0005 ? "same" : change > 0 ? "up" : "down" } as const;
}
