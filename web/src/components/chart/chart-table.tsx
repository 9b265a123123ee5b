import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import { type ChartPoint, type ChartSeries, pointWords } from "./chart-data.ts";

/** The same numbers as the chart, as a table; the first number of a row opens what is behind it. */
export function ChartTable(props: {
  readonly caption: string;
  /** What the rows are. */
  readonly first: string;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
}) {
  const { t } = useTranslation();
  const { caption, first, series, points } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.tableScroll} aria-label={caption} tabIndex={0}>
      <Table verticalSpacing={5} horizontalSpacing="sm" fz="sm" stickyHeader captionSide="top">
        <caption className="visually-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{first}</Table.Th>
            {series.map(({ key, label }) => (
              <Table.Th key={key} scope="col" className="numbers">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map((point) => (
            <Table.Tr key={point.key}>
              <Table.Th scope="row" fw={400}>
                {point.label}
                {point.unfinished && ` · ${t("chart.unfinished")}`}
              </Table.Th>
              {series.map(({ key, format }, index) => {
                const value = point.values[key];
                const text = value === undefined ? "—" : format(value);
                return (
                  <Table.Td key={key} className="numbers">
                    {index === 0 && value !== undefined && point.onOpen ? (
                      <button
                        type="button"
                        className={classes.number}
                        aria-label={t("chart.open", { what: pointWords(point, series.slice(0, 1)) })}
                        onClick={point.onOpen}
                      >
                        {text}
                      </button>
                    ) : (
                      text
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
