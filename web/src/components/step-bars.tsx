import { Button, Group, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../lib/format/time.ts";
import { usePreferences } from "../lib/preferences.ts";
import classes from "./step-bars.module.css";

/** A step of time with counts, in the order of the series. */
export interface BarStep {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly counts: readonly number[];
}

/** What is counted, and its colour. */
export interface BarSeries {
  readonly name: string;
  readonly colour: string;
}

/** Bars over time, stacked by series, with the same as a table. A click on a bar is also possible by the page's fields for time. */
export function StepBars(props: {
  readonly label: string;
  readonly steps: readonly BarStep[];
  readonly series: readonly BarSeries[];
  readonly onPick?: (index: number) => void;
}) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const [asTable, setAsTable] = useState(false);
  const { steps, series, label, onPick } = props;
  const sum = ({ counts }: BarStep) => counts.reduce((total, count) => total + count, 0);
  const most = Math.max(1, ...steps.map(sum));
  const time = (start: number) => formatDateTime(start, i18n.language, zone);
  const totals = series.map(({ name }, index) => {
    const total = steps.reduce((all, { counts }) => all + (counts[index] ?? 0), 0);
    return `${name}: ${total.toLocaleString(i18n.language)}`;
  });
  const width = (steps[1]?.start ?? 0) - (steps[0]?.start ?? 0);
  const end = (steps.at(-1)?.start ?? 0) + width;
  const words = (step: BarStep) =>
    `${time(step.start)}\n${series.map(({ name }, index) => `${name}: ${step.counts[index] ?? 0}`).join("\n")}`;
  return (
    <div>
      <Group justify="space-between" mb={4} gap="xs">
        <Group gap="md">
          {series.map(({ name, colour }, index) => (
            <Group key={name} gap={6} wrap="nowrap">
              <span aria-hidden="true" style={{ width: 10, height: 10, borderRadius: 2, background: colour }} />
              <Text fz="xs">{totals[index]}</Text>
            </Group>
          ))}
        </Group>
        <Button variant="subtle" size="compact-xs" onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
          {t(asTable ? "common.viewAsChart" : "common.viewAsTable")}
        </Button>
      </Group>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section style={{ maxHeight: 240, overflow: "auto" }} aria-label={label} tabIndex={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("events.time")}</Table.Th>
                {series.map(({ name }) => (
                  <Table.Th key={name} scope="col" className="numbers">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps
                .filter((step) => sum(step) > 0)
                .map((step) => (
                  <Table.Tr key={step.start}>
                    <Table.Td>{time(step.start)}</Table.Td>
                    {step.counts.map((count, index) => (
                      <Table.Td key={series[index]?.name} className="numbers">
                        {count.toLocaleString(i18n.language)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        </section>
      ) : (
        <>
          <div role="img" aria-label={`${label}. ${totals.join(", ")}`} className={classes.bars}>
            {steps.map((step, index) => (
              <div
                key={step.start}
                className={onPick ? `${classes.step} ${classes.pick}` : classes.step}
                title={words(step)}
                {...(onPick && { onClick: () => onPick(index) })}
              >
                {step.counts.map((count, part) => (
                  <div
                    key={series[part]?.name}
                    className={classes.part}
                    style={{
                      height: `${(count / most) * 100}%`,
                      minHeight: count > 0 ? 2 : 0,
                      background: series[part]?.colour,
                    }}
                  />
                ))}
              </div>
            ))}
          </div>
          <Group justify="space-between" mt={2}>
            <Text fz="xs" c="dimmed">
              {steps[0] && time(steps[0].start)}
            </Text>
            <Text fz="xs" c="dimmed">
              {time(end)}
            </Text>
          </Group>
        </>
      )}
    </div>
  );
}
