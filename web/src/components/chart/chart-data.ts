/** One row of numbers of a chart, drawn in one way. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly kind: "bar" | "line";
  /** CSS colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  /** Bars of the same stack stand on each other. */
  readonly stack?: string;
  readonly format: (value: number) => string;
}

/** One place on the horizontal axis with its numbers. */
export interface ChartPoint {
  readonly key: string;
  /** Whole, for the table and screen readers. */
  readonly label: string;
  /** Short, for the axis. */
  readonly tick: string;
  /** By key of the series; absent: there is none. */
  readonly values: Readonly<Record<string, number | undefined>>;
  /** It is still going on, so its numbers will grow. */
  readonly unfinished?: boolean;
  /** Opens what is behind its numbers. */
  readonly onOpen?: (() => void) | undefined;
}

/** What a point says in words: "3 Nov 2026: Launches 12, Before 9". */
export function pointWords(point: ChartPoint, series: readonly ChartSeries[]): string {
  const values = series.flatMap(({ key, label, format }) => {
    const value = point.values[key];
    return value === undefined ? [] : [`${label} ${format(value)}`];
  });
  return `${point.label}: ${values.join(", ")}`;
}

/** True when nothing of it would be drawn. */
export function isFlat(points: readonly ChartPoint[]): boolean {
  return points.every(({ values }) => Object.values(values).every((value) => !value));
}

/** The table of a chart as RFC 4180, with cells that a spreadsheet would run as formulas defused. */
export function chartCsv(first: string, points: readonly ChartPoint[], series: readonly ChartSeries[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [
    [first, ...series.map(({ label }) => label)],
    ...points.map(({ label, values }) => [label, ...series.map(({ key }) => String(values[key] ?? ""))]),
  ];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}
