import type { CallRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { DurationText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { ActivityTree } from "../components/activity-tree.tsx";
import { DataElements } from "../components/data-elements.tsx";
import { positionOf } from "./call-list.ts";
import classes from "./journal.module.css";
import { useStateAt } from "./use-calls.ts";

/** What was true right after a call: result, activities, and the data of one of them. */
export function StatePanel(props: {
  readonly registrationId: string;
  readonly instanceId: string;
  readonly call: CallRow;
  readonly launchNumber: number;
  /** The course has steps of sequencing to go to. */
  readonly sequenced: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { call } = props;
  const query = useStateAt(props.registrationId, props.instanceId, call);
  const [chosen, setChosen] = useState<string>();
  const state = query.data;
  const title = t("journal.stateAt", { seq: call.seq, launch: props.launchNumber });
  const selected =
    chosen ?? (call.activity || state?.activities.find((activity) => activity.current)?.identifier) ?? "";
  const activity = state?.activities.find((each) => each.identifier === selected);
  return (
    <Paper component="section" p="md" className={classes.state ?? ""} aria-label={title} tabIndex={0}>
      <Stack gap="sm">
        <Title order={2}>{title}</Title>
        {props.sequenced && (
          <AnchorLink
            to="/o/$org/registrations/$registrationId/activities"
            params={{ org: slug, registrationId: props.registrationId }}
            search={{ try: props.instanceId, at: positionOf(call) }}
            fz="sm"
            underline="always"
          >
            {t("why.fromCall")}
          </AnchorLink>
        )}
        {query.error && <ErrorPanel error={query.error} what={t("journal.state")} onRetry={() => query.refetch()} />}
        {!state && !query.error && <SkeletonLines lines={8} />}
        {state && (
          <>
            <Group gap="md">
              <StatusBadges completion={state.completion} success={state.success} />
              <Text span fz="sm">
                {t("registrations.score")} {formatScore(state.score)}
              </Text>
              <Text span fz="sm">
                {t("registrations.time")} <DurationText seconds={state.totalSeconds} />
              </Text>
            </Group>
            {state.differenceCount > 0 && (
              <Notice kind="warning" p="xs">
                {t("journal.differences", { count: state.differenceCount })}
              </Notice>
            )}
            {state.activities.length > 1 && (
              <ActivityTree activities={state.activities} selected={selected} onSelect={setChosen} />
            )}
            <div>
              <Title order={3} mb={4}>
                {activity?.title || t("journal.dataElements")}
              </Title>
              <DataElements
                stateJson={activity?.stateJson ?? ""}
                changed={activity?.identifier === call.activity ? call.element : ""}
              />
            </div>
          </>
        )}
      </Stack>
    </Paper>
  );
}
