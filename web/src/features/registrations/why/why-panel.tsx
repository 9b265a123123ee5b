import type { ActivityNode, StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { DataElements } from "../components/data-elements.tsx";
import { useStateAt } from "../journal/use-calls.ts";
import { DecisionList } from "./decision-list.tsx";
import type { Names } from "./names.ts";
import { ObjectiveTable } from "./objective-table.tsx";
import { useExplanation } from "./use-sequencing.ts";
import classes from "./why.module.css";

/** Why an activity is what it is after a step: the sentence, the decisions, its objectives, and what its content had stored at that call. */
export function WhyPanel(props: {
  readonly registrationId: string;
  readonly instanceId: string;
  readonly step: StepRow;
  readonly node: ActivityNode;
  readonly names: Names;
  readonly onStep: (stepId: string) => void;
}) {
  const { t } = useTranslation();
  const { step, node, names } = props;
  const query = useExplanation(props.instanceId, step.id, node.id);
  const { summary, decisions = [] } = query.data ?? {};
  return (
    <Stack gap="sm">
      <div aria-live="polite">
        {query.data && (
          <Text fw={600} fz="md" style={{ overflowWrap: "anywhere" }}>
            {summary}
          </Text>
        )}
      </div>
      {!query.data && !query.error && <SkeletonLines lines={4} />}
      {query.error && (
        <>
          <ErrorPanel error={query.error} what={t("why.explanationWhat")} onRetry={() => query.refetch()} />
          <Text fz="sm">{t("why.notExplained")}</Text>
        </>
      )}
      <Text fz="xs" c="dimmed">
        {t("why.atStep", { number: step.number })}
      </Text>
      <StatusBadges completion={node.completion} success={node.success} />
      {decisions.length > 0 && (
        <DecisionList decisions={decisions} names={names} onStep={props.onStep} said={summary} />
      )}
      <ObjectiveTable objectives={node.objectives} />
      {node.leaf && <ContentData {...props} />}
    </Stack>
  );
}

/** The content's data model as it stood at the step's call; read when somebody wants to see it. */
function ContentData({ registrationId, instanceId, step, node }: Parameters<typeof WhyPanel>[0]) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useStateAt(registrationId, instanceId, open ? step : undefined);
  const activity = query.data?.activities.find(({ identifier }) => identifier === node.id);
  return (
    <details className={classes.more} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("why.data", { seq: step.seq })}</summary>
      {query.error && <ErrorPanel error={query.error} what={t("journal.state")} onRetry={() => query.refetch()} />}
      {query.data && <DataElements stateJson={activity?.stateJson ?? ""} />}
      {open && !query.data && !query.error && <SkeletonLines lines={3} />}
    </details>
  );
}
