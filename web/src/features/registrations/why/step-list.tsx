import type { StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Badge, Group, Paper, Text, Title, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatLogTime } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { launchNumbers } from "./step-position.ts";
import classes from "./why.module.css";

/** The timeline: every step with its sentence, a heading where a launch begins. */
export function StepList(props: {
  readonly steps: readonly StepRow[];
  readonly index: number;
  readonly truncated: boolean;
  readonly onIndex: (index: number) => void;
}) {
  const { t } = useTranslation();
  const { steps, index } = props;
  const launches = launchNumbers(steps);
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const list = box.current;
    const row = list?.querySelector<HTMLElement>(`[data-step="${index}"]`);
    if (!list || !row) return;
    const outside =
      row.offsetTop < list.scrollTop || row.offsetTop + row.offsetHeight > list.scrollTop + list.clientHeight;
    if (outside) list.scrollTop = row.offsetTop - list.clientHeight / 2;
  }, [index]);
  return (
    <Paper component="section" aria-label={t("why.steps")} className={classes.steps ?? ""}>
      <Group justify="space-between" p="sm" pb={4}>
        <Title order={2}>{t("why.steps")}</Title>
        <Text fz="xs" c="dimmed">
          {t("why.stepsTotal", { count: steps.length })}
        </Text>
      </Group>
      <ol ref={box} className={classes.timeline}>
        {steps.map((step, at) => (
          <li key={step.id} data-step={at}>
            {steps[at - 1]?.launchId !== step.launchId && (
              <div className={classes.launch}>{t("launches.number", { number: launches.get(step.launchId) ?? 0 })}</div>
            )}
            <StepLine step={step} current={at === index} onSelect={() => props.onIndex(at)} />
          </li>
        ))}
      </ol>
      {props.truncated && (
        <Text fz="xs" c="dimmed" p="sm">
          {t("why.truncated", { count: steps.length })}
        </Text>
      )}
    </Paper>
  );
}

function StepLine(props: { readonly step: StepRow; readonly current: boolean; readonly onSelect: () => void }) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const { step } = props;
  return (
    <UnstyledButton
      className={classes.step ?? ""}
      data-refused={step.accepted ? undefined : true}
      aria-current={props.current ? "step" : undefined}
      onClick={props.onSelect}
    >
      <span className={classes.number}>{step.number}</span>
      <span className={classes.sentence}>
        {step.summary}
        <span className={classes.when}>
          {formatLogTime(Number(step.time), zone).slice(0, 8)}
          {!step.accepted && (
            <Badge size="xs" color="red" variant="light" ms={6}>
              {t("why.refused")}
            </Badge>
          )}
        </span>
      </span>
    </UnstyledButton>
  );
}
