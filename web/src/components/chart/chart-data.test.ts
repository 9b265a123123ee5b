import { expect, it } from "vitest";
import { type ChartPoint, type ChartSeries, chartCsv, isFlat, pointWords } from "./chart-data.ts";

const format = (value: number) => `${value} %`;
const series: ChartSeries[] = [
  { key: "now", label: "Now", kind: "bar", colour: "red", format },
  { key: "before", label: 'The "time" before', kind: "line", colour: "red", format },
];
const points: ChartPoint[] = [
  { key: "1", label: "=1+1", tick: "1", values: { now: 3, before: 0 } },
  { key: "2", label: "3 Nov, 2026", tick: "2", values: { now: -2 } },
];

it("tells a point in words and leaves out what is not there", () => {
  expect(pointWords({ ...points[1], label: "Monday" } as ChartPoint, series)).toBe("Monday: Now -2 %");
});

it("writes the table as a file that no spreadsheet runs", () => {
  expect(chartCsv("Day", points, series)).toBe('Day,Now,"The ""time"" before"\r\n\'=1+1,3,0\r\n"3 Nov, 2026",-2,\r\n');
});

it("knows when there is nothing to draw", () => {
  expect(isFlat(points)).toBe(false);
  expect(isFlat([{ key: "1", label: "", tick: "", values: { now: 0 } }])).toBe(true);
});
