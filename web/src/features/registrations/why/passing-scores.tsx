import type { PassingScoreView } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Button, Fieldset, NumberInput, Stack } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./why.module.css";

/** Names an objective of a course. */
export function scoreKey({ activityId, objectiveId }: Pick<PassingScoreView, "activityId" | "objectiveId">): string {
  return `${activityId}\n${objectiveId}`;
}

/** The score each objective needs; an empty field leaves it as it was. Objectives that no score ever decided are behind a button. */
export function PassingScores(props: {
  readonly objectives: readonly PassingScoreView[];
  readonly reached: ReadonlyMap<string, number>;
  readonly scores: ReadonlyMap<string, number>;
  readonly onScores: (scores: ReadonlyMap<string, number>) => void;
}) {
  const { t } = useTranslation();
  const { objectives, reached, scores } = props;
  const [all, setAll] = useState(false);
  const scored = objectives.filter((each) => each.passingScore !== undefined || reached.has(scoreKey(each)));
  const shown = all || scored.length === 0 ? objectives : scored;
  const change = (key: string, value: number | string) => {
    const next = new Map(scores);
    if (typeof value === "number") next.set(key, value / 100);
    else next.delete(key);
    props.onScores(next);
  };
  return (
    <Fieldset legend={t("whatIf.scores")}>
      <Stack gap="xs">
        <div className={classes.scores}>
          {shown.map((each) => {
            const key = scoreKey(each);
            const score = scores.get(key);
            const own = each.objectiveId === "" || shown.filter((it) => it.activityId === each.activityId).length === 1;
            return (
              <NumberInput
                key={key}
                label={
                  own
                    ? each.activityTitle || each.activityId
                    : t("whatIf.ofActivity", { activity: each.activityTitle, objective: each.objectiveId })
                }
                description={hints(each, reached.get(key), t).join(" · ")}
                inputWrapperOrder={["label", "input", "description"]}
                placeholder={t("whatIf.asItWas")}
                suffix="%"
                min={-100}
                max={100}
                clampBehavior="strict"
                hideControls
                value={score === undefined ? "" : Math.round(score * 1000) / 10}
                onChange={(value) => change(key, value)}
              />
            );
          })}
        </div>
        {shown.length < objectives.length && (
          <Button variant="subtle" size="compact-sm" style={{ alignSelf: "flex-start" }} onClick={() => setAll(true)}>
            {t("whatIf.showAll", { count: objectives.length })}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}

function hints({ passingScore }: PassingScoreView, reached: number | undefined, t: TFunction): string[] {
  const percent = (score: number) => Math.round(score * 1000) / 10;
  return [
    passingScore === undefined ? t("whatIf.byContent") : t("whatIf.needs", { score: percent(passingScore) }),
    ...(reached === undefined ? [] : [t("whatIf.scored", { score: percent(reached) })]),
  ];
}
