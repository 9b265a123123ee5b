import type { ActivityStepRow } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { useTranslation } from "react-i18next";
import type { ChartSeries } from "../../../components/chart/chart-data.ts";
import { ChartViews } from "../../../components/chart/chart-figure.tsx";
import { useBoard } from "../board/board-context.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./step-ladder.module.css";

/** Steps along the outline: how many reached each activity, finished it, and were last seen in it. */
export function StepLadder({
  steps,
  courseId,
}: {
  readonly steps: readonly ActivityStepRow[];
  readonly courseId: string;
}) {
  const { t } = useTranslation();
  const { open } = useBoard();
  const { count, share, duration } = useFormats();
  const most = Math.max(1, ...steps.map(({ reached }) => Number(reached)));
  const opens =
    (kind: string, { activityId, title }: ActivityStepRow) =>
    () =>
      open({ kind, activity: activityId, label: title || activityId, course: courseId });
  const width = (value: bigint) => `${(Number(value) / most) * 100}%`;
  const shown: ChartSeries[] = [
    { key: "reached", label: t("analytics.reached"), kind: "bar", colour: "var(--cm-chart-before)", format: count },
    { key: "finished", label: t("analytics.finished"), kind: "bar", colour: "var(--cm-complete-fill)", format: count },
    { key: "stopped", label: t("analytics.stopped"), kind: "bar", colour: "var(--cm-failed-fill)", format: count },
  ];
  return (
    <ChartViews
      label={t("analytics.dropOff")}
      legend={shown}
      summary=""
      first={t("analytics.activity")}
      series={[
        ...shown,
        { key: "median", label: t("analytics.medianActive"), kind: "bar", colour: "transparent", format: duration },
      ]}
      points={steps.map((step) => ({
        key: step.activityId,
        label: step.title || step.activityId,
        tick: step.title,
        values: {
          reached: Number(step.reached),
          finished: Number(step.finished),
          stopped: Number(step.stopped),
          median: step.medianActiveMs,
        },
        onOpen: opens("reached", step),
      }))}
    >
      <ol className={classes.ladder} aria-label={t("analytics.dropOff")}>
        {steps.map((step, index) => (
          <li key={step.activityId} className={classes.step}>
            <span className={classes.name} title={step.title || step.activityId}>
              <small>{index + 1}</small> {step.title || step.activityId}
            </span>
            <span className={classes.bars} aria-hidden="true">
              <i className={classes.reached} style={{ width: width(step.reached) }} />
              <i className={classes.finished} style={{ width: width(step.finished) }} />
              <i
                className={classes.stopped}
                style={{ width: width(step.stopped), insetInlineStart: width(step.reached - step.stopped) }}
              />
            </span>
            <span className={classes.numbers}>
              {(["reached", "finished", "stopped"] as const).map((kind) => (
                <button
                  key={kind}
                  type="button"
                  data-kind={kind}
                  disabled={step[kind] === 0n}
                  onClick={opens(kind, step)}
                >
                  <span className="visually-hidden">{step.title || step.activityId}: </span>
                  <b>{count(step[kind])}</b> {t(`analytics.${kind}`)}
                  {kind !== "reached" && <small> {share(step[kind], step.reached)}</small>}
                  <span className="visually-hidden">. {t("chart.shows")}</span>
                </button>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </ChartViews>
  );
}
