import type { BoardSummary, FiguresView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Box } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChartViews } from "../../../components/chart/chart-figure.tsx";
import { StatusGlyph, type StatusKind } from "../../../components/status-glyph.tsx";
import mix from "../../../components/status-mix.module.css";
import { useBoard } from "../board/board-context.ts";
import { useFormats } from "../use-formats.ts";
import { BoardCard } from "./board-card.tsx";
import classes from "./standing-card.module.css";

const STATUSES: readonly {
  readonly figure: "passed" | "completed_only" | "failed" | "incomplete" | "not_attempted";
  readonly part: "passed" | "complete" | "failed" | "incomplete" | "notLaunched";
  readonly glyph: StatusKind;
  readonly shape: "circle" | "shield";
  readonly read: (figures: FiguresView) => bigint;
}[] = [
  { figure: "passed", part: "passed", glyph: "passed", shape: "shield", read: ({ passed }) => passed },
  { figure: "completed_only", part: "complete", glyph: "complete", shape: "circle", read: (it) => it.completedOnly },
  { figure: "failed", part: "failed", glyph: "failed", shape: "shield", read: ({ failed }) => failed },
  { figure: "incomplete", part: "incomplete", glyph: "incomplete", shape: "circle", read: (it) => it.incomplete },
  {
    figure: "not_attempted",
    part: "notLaunched",
    glyph: "not_attempted",
    shape: "circle",
    read: (it) => it.notAttempted,
  },
];

/** Where all registrations stand at the end of the period: one bar that is everything, and a line for each status. */
export function StandingCard(props: {
  readonly summary: BoardSummary | undefined;
  readonly needs: string | undefined;
}) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, share } = useFormats();
  const figures = props.summary?.figures;
  if (!figures) return null;
  const total = figures.registrations;
  const rows = STATUSES.map(({ figure, part, glyph, shape, read }) => ({
    ...{ part, glyph, shape, figure, name: t(`statusMix.${part}`), value: read(figures) },
  }));
  return (
    <BoardCard
      question={t("analytics.qStanding")}
      headline={{
        value: Number(total),
        before: props.summary?.previous && Number(props.summary.previous.registrations),
        kind: "amount",
        format: count,
        of: t("analytics.registrationsWord"),
        opens: { kind: "registered" },
      }}
      summary={props.summary}
      needs={props.needs}
    >
      <ChartViews
        label={t("analytics.qStanding")}
        summary=""
        first={t("statusMix.status")}
        series={[
          { key: "count", label: t("statusMix.registrations"), kind: "bar", colour: "currentColor", format: count },
          {
            key: "share",
            label: t("statusMix.share"),
            kind: "bar",
            colour: "currentColor",
            format: (it) => share(it, 1),
          },
        ]}
        points={rows.map(({ part, name, value, figure }) => ({
          key: part,
          label: name,
          tick: name,
          values: { count: Number(value), share: total > 0n ? Number(value) / Number(total) : 0 },
          onOpen: () => open({ kind: figure }),
        }))}
      >
        <Box className={mix.bar} aria-hidden="true" style={{ height: 22 }}>
          {rows
            .filter(({ value }) => value > 0n)
            .map(({ part, value }) => (
              <span key={part} className={mix.part} data-kind={part} style={{ flexGrow: Number(value) }} />
            ))}
        </Box>
        <ul className={classes.rows}>
          {rows.map(({ part, name, value, glyph, shape, figure }) => (
            <li key={part}>
              <button
                type="button"
                className={classes.row}
                disabled={value === 0n}
                onClick={() => open({ kind: figure })}
              >
                <StatusGlyph kind={glyph} shape={shape} />
                <span>{name}</span>
                <b>{count(value)}</b>
                <small>{share(value, total)}</small>
              </button>
            </li>
          ))}
        </ul>
      </ChartViews>
    </BoardCard>
  );
}
