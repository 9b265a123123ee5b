import type { GetRegistrationResponse } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import type { ListStepsResponse } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Button, Group, Stack } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { Scrubber } from "../journal/scrubber.tsx";
import { namesOf } from "./names.ts";
import { scoreKey } from "./passing-scores.tsx";
import { StepList } from "./step-list.tsx";
import { StepPanel } from "./step-panel.tsx";
import { launchNumbers, positionOfStep, stepIndexAt } from "./step-position.ts";
import { TreePanel } from "./tree-panel.tsx";
import { useReplayCheck } from "./use-replay-check.tsx";
import { useStep, useSteps } from "./use-sequencing.ts";
import { WhatIf } from "./what-if.tsx";
import classes from "./why.module.css";
import { WhyFrame } from "./why-frame.tsx";
import { WhyPanel } from "./why-panel.tsx";

interface WhyTabProps {
  readonly answer: GetRegistrationResponse;
  /** `<launch>:<seq>` of a call; without it the newest step is shown, and followed while a session is open. */
  readonly at: string | undefined;
  readonly onAt: (at: string) => void;
  /** Activity that is asked about. */
  readonly asked: string | undefined;
  readonly onAsk: (activityId: string | undefined) => void;
}

/** Activities and why: every step of sequencing, the tree as it stood then, and the reasons. */
export function WhyTab(props: WhyTabProps) {
  const { t } = useTranslation();
  const { answer } = props;
  const following = answer.registration?.sessionOpen === true && props.at === undefined;
  const query = useSteps(answer.registration?.id ?? "", answer.instanceId, following);
  if (query.error && !query.data)
    return <ErrorPanel error={query.error} what={t("why.what")} onRetry={() => query.refetch()} />;
  if (!query.data) return <SkeletonLines lines={10} height={18} />;
  if (query.data.steps.length === 0) return <EmptyState title={t("why.none")} text={t("why.noneText")} />;
  return <Steps {...props} listed={query.data} />;
}

function Steps(props: WhyTabProps & { readonly listed: ListStepsResponse }) {
  const { t } = useTranslation();
  const { answer, listed, onAt, asked, onAsk } = props;
  const { steps } = listed;
  const registrationId = answer.registration?.id ?? "";
  const { instanceId } = answer;
  const index = stepIndexAt(steps, props.at);
  const step = steps[index];
  const query = useStep(instanceId, step?.id);
  const [trying, setTrying] = useState(false);
  const nodes = query.data?.activities ?? [];
  const names = namesOf(nodes, steps);
  const node = nodes.find(({ id }) => id === asked);
  const select = (next: number) => {
    const target = steps[next];
    if (target) onAt(positionOfStep(target));
  };
  const replay = useReplayCheck({ registrationId, instanceId, steps, names, onAt });
  const selectStep = (id: string) => select(steps.findIndex((each) => each.id === id));
  if (!step) return null;
  // While the next step is read, everything shows the one before it: sentence, tree and reasons belong together.
  const shown = query.data?.step ?? step;
  const where = { registrationId, instanceId, step: shown, names, onStep: selectStep };
  return (
    <Stack gap="sm">
      <div className={classes.toolbar}>
        <Scrubber
          count={steps.length}
          index={index}
          words={{ slider: t("why.slider"), previous: t("why.previousStep"), next: t("why.nextStep") }}
          describe={`${step.number}: ${step.summary}`}
          onIndex={select}
        />
        <Group gap="xs">
          {replay.button}
          <Button variant="default" leftSection={<IconFlask size={16} />} onClick={() => setTrying(true)}>
            {t("whatIf.open")}
          </Button>
        </Group>
      </div>
      {replay.verdict}
      {query.error && <ErrorPanel error={query.error} what={t("why.stepWhat")} onRetry={() => query.refetch()} />}
      <div className={classes.columns} aria-busy={query.isFetching}>
        <StepList steps={steps} index={index} truncated={listed.truncated} onIndex={select} />
        {query.data && <TreePanel answer={query.data} asked={asked} onAsk={onAsk} />}
        {!query.data && !query.error && <SkeletonLines lines={8} height={36} />}
        <div className={classes.side}>
          {node && (
            <WhyFrame title={t("why.whyTitle", { title: names.activity(node.id) })} onClose={() => onAsk(undefined)}>
              <WhyPanel {...where} node={node} />
            </WhyFrame>
          )}
          {query.data && (
            <StepPanel
              {...where}
              answer={query.data}
              count={steps.length}
              launchNumber={launchNumbers(steps).get(shown.launchId) ?? 0}
            />
          )}
        </div>
      </div>
      {trying && (
        <WhatIf
          listed={listed}
          instanceId={instanceId}
          reached={reachedScores(nodes)}
          onClose={() => setTrying(false)}
        />
      )}
    </Stack>
  );
}

/** Scores that objectives have come to, by activity and objective. */
function reachedScores(nodes: Parameters<typeof namesOf>[0]): ReadonlyMap<string, number> {
  return new Map(
    nodes.flatMap(({ id: activityId, objectives }) =>
      objectives.flatMap(({ id: objectiveId, scoreScaled }) =>
        scoreScaled === undefined ? [] : [[scoreKey({ activityId, objectiveId }), scoreScaled] as const],
      ),
    ),
  );
}
