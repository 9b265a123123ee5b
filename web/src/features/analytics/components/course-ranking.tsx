import type { FiguresView, NamedFigures } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import { ChartViews } from "../../../components/chart/chart-figure.tsx";
import { RankedBars } from "../../../components/chart/ranked-bars.tsx";
import { useBoard } from "../board/board-context.ts";
import { useFormats } from "../use-formats.ts";

/** Courses by a share, lowest first, each with what it is a share of. */
export function CourseRanking(props: {
  readonly label: string;
  readonly courses: readonly NamedFigures[];
  readonly share: (figures: FiguresView) => { readonly value: number; readonly of: bigint } | undefined;
  /** Kind of the figure that a course opens. */
  readonly figure: string;
  readonly colour: string;
}) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { percent, count } = useFormats();
  const rows = props.courses
    .flatMap(({ id, name, figures }) => {
      const share = figures && props.share(figures);
      return share ? [{ id, name: name || id, ...share }] : [];
    })
    .toSorted((one, other) => one.value - other.value);
  const opens = (id: string, label: string) => () => open({ kind: props.figure, course: id, label });
  return (
    <ChartViews
      label={props.label}
      summary=""
      first={t("registrations.course")}
      series={[
        { key: "share", label: props.label, kind: "bar", colour: props.colour, format: percent },
        { key: "of", label: t("analytics.basis"), kind: "bar", colour: props.colour, format: count },
      ]}
      points={rows.map(({ id, name, value, of }) => ({
        key: id,
        label: name,
        tick: name,
        values: { share: value, of: Number(of) },
        onOpen: opens(id, name),
      }))}
    >
      <RankedBars
        label={props.label}
        form="dot"
        colour={props.colour}
        rows={rows.map(({ id, name, value, of }) => ({
          key: id,
          name,
          share: Math.max(0, Math.min(1, value)),
          value: percent(value),
          of: `n = ${count(of)}`,
          onOpen: opens(id, name),
        }))}
      />
    </ChartViews>
  );
}
