import type { GetStepResponse, StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { CallLink } from "./call-link.tsx";
import { ChangeList } from "./change-list.tsx";
import { decisionGroups } from "./decision-groups.ts";
import { DecisionList } from "./decision-list.tsx";
import type { Names } from "./names.ts";
import { ProcessList } from "./process-list.tsx";
import classes from "./why.module.css";
import { requestKey, sourceKey, statusKey } from "./words.ts";

/** What one step was, which rules decided, what it changed, and what could follow. */
export function StepPanel(props: {
  readonly answer: GetStepResponse;
  readonly step: StepRow;
  readonly count: number;
  readonly launchNumber: number;
  readonly registrationId: string;
  readonly instanceId: string;
  readonly names: Names;
  readonly onStep: (stepId: string) => void;
}) {
  const { t } = useTranslation();
  const { answer, step, names } = props;
  const { decided, reported } = decisionGroups(answer.decisions);
  const title = t("why.stepOf", { number: step.number, count: props.count });
  return (
    <Paper component="section" p="md" aria-label={title}>
      <Stack gap="sm">
        <div>
          <Text fz="xs" c="dimmed">
            {title}
          </Text>
          <Title order={2} style={{ overflowWrap: "anywhere" }}>
            {step.summary}
          </Title>
        </div>
        <StepFacts {...props} />
        <section aria-label={t("why.decided")}>
          <Title order={3} mb={4}>
            {t("why.decided")}
          </Title>
          {decided.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t("why.nothingDecided")}
            </Text>
          ) : (
            <DecisionList decisions={decided} names={names} onStep={props.onStep} />
          )}
          {reported.length > 0 && (
            <details className={classes.more} key={step.id}>
              <summary>{t("why.reported", { count: reported.length })}</summary>
              <DecisionList decisions={reported} names={names} onStep={props.onStep} />
            </details>
          )}
        </section>
        <section aria-label={t("why.changes")}>
          <Title order={3} mb={4}>
            {t("why.changes")}
          </Title>
          <ChangeList key={step.id} changes={answer.changes} names={names} />
        </section>
        <section aria-label={t("why.possible")}>
          <Title order={3} mb={4}>
            {t("why.possible")}
          </Title>
          <Group gap={6}>
            {answer.requests.map((request) => (
              <Badge key={request} size="sm">
                {t(requestKey(request))}
              </Badge>
            ))}
            {answer.requests.length === 0 && (
              <Text fz="sm" c="dimmed">
                {t("why.nothingPossible")}
              </Text>
            )}
          </Group>
        </section>
        {answer.processes.length > 0 && (
          <details className={classes.more}>
            <summary>{t("why.processes", { count: answer.processes.length })}</summary>
            <ProcessList processes={answer.processes} names={names} />
          </details>
        )}
      </Stack>
    </Paper>
  );
}

function StepFacts(props: Parameters<typeof StepPanel>[0]) {
  const { t } = useTranslation();
  const { step, answer, names } = props;
  const source = sourceKey(step.source);
  const status = statusKey(answer.status);
  const request = t(requestKey(step.request));
  return (
    <Facts
      facts={[
        [t("why.asked"), step.target ? `${request}: ${names.activity(step.target)}` : request],
        ...(source ? [[t("why.by"), t(source)] as const] : []),
        [t("why.answered"), step.accepted ? t("why.accepted") : t("why.refusedWith", { code: step.exception })],
        [t("why.opened"), step.activityAfter ? names.activity(step.activityAfter) : "—"],
        ...(status ? [[t("why.session"), t(status)] as const] : []),
        [t("why.time"), <TimeText key="time" time={step.time} absolute />],
        [
          t("why.call"),
          <CallLink
            key="call"
            registrationId={props.registrationId}
            instanceId={props.instanceId}
            step={step}
            launchNumber={props.launchNumber}
          />,
        ],
      ]}
    />
  );
}
