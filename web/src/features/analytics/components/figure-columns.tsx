import type { NamedFigures } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { useBoard } from "../board/board-context.ts";
import type { OpenFigure } from "../board/board-search.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";

/** What a row of figures narrows its numbers to when they are opened. */
type Narrow = (row: NamedFigures) => Partial<OpenFigure>;

/** Columns of figures; numbers open what is behind them. */
export function useFigureColumns(narrow: Narrow): Column<NamedFigures>[] {
  const { t } = useTranslation();
  const { count, share, percent, duration } = useFormats();
  const { search, change } = useBoard();
  const sorted = (order: string) => ({
    direction: (search.order ?? "launches") === order ? ("descending" as const) : ("none" as const),
    onSort: () => change({ order }),
  });
  const number = (row: NamedFigures, kind: string, name: string, text: string, value: bigint) => (
    <FigureButton row={row} kind={kind} name={name} text={text} empty={value === 0n} narrow={narrow} />
  );
  return [
    {
      key: "registrations",
      header: t("statusMix.registrations"),
      numeric: true,
      sort: sorted("registrations"),
      cell: (row) => {
        const value = row.figures?.registrations ?? 0n;
        return number(row, "registered", t("statusMix.registrations"), count(value), value);
      },
    },
    {
      key: "launches",
      header: t("analytics.launches"),
      numeric: true,
      sort: sorted("launches"),
      cell: (row) => {
        const value = row.figures?.launches ?? 0n;
        return number(row, "launched", t("analytics.launches"), count(value), value);
      },
    },
    {
      key: "completion",
      header: t("analytics.completionRate"),
      numeric: true,
      sort: sorted("completion_desc"),
      cell: (row) => {
        const { completed = 0n, registrations = 0n } = row.figures ?? {};
        return number(row, "completed", t("analytics.completionRate"), share(completed, registrations), completed);
      },
    },
    {
      key: "pass",
      header: t("analytics.passRate"),
      numeric: true,
      cell: (row) => {
        const { passed = 0n, failed = 0n } = row.figures ?? {};
        return number(row, "passed", t("analytics.passRate"), share(passed, passed + failed), passed);
      },
    },
    {
      key: "score",
      header: t("analytics.averageScore"),
      numeric: true,
      sort: sorted("score_desc"),
      cell: ({ figures }) => (figures?.averageScore === undefined ? "—" : percent(figures.averageScore)),
    },
    {
      key: "time",
      header: t("analytics.activeTime"),
      numeric: true,
      sort: sorted("time"),
      cell: ({ figures }) => duration(figures?.activeMs ?? 0n),
    },
  ];
}

function FigureButton(props: {
  readonly row: NamedFigures;
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly empty: boolean;
  readonly narrow: Narrow;
}) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { row, kind, name, text } = props;
  if (props.empty) return text;
  return (
    <button
      type="button"
      className={classes.link}
      aria-label={t("chart.open", { what: `${row.name || row.id}: ${name} ${text}` })}
      onClick={() => open({ kind, label: row.name, ...props.narrow(row) })}
    >
      {text}
    </button>
  );
}
