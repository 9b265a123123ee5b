import type { DeploymentRow, SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useDeployment } from "../api/deployments.ts";
import { useSessions } from "../api/sessions.ts";
import { DeploymentNotes, SuspendButton } from "../components/deployment-actions.tsx";
import { LearnerName } from "../components/learner-name.tsx";
import { ResultText } from "../components/result-text.tsx";
import { ToldLaunches } from "../components/told-launches.tsx";
import { Acknowledgement, DeploymentStatus } from "../components/words.tsx";
import { LauncherText } from "./deployments-page.tsx";

/** One place where a package was imported: did its host take our results? */
export function DeploymentPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useDeployment(id);
  const deployment = query.data?.deployment;
  const above = (
    <AnchorLink to="/o/$org/dispatch/deployments" params={{ org: slug }} fz="sm">
      {t("dispatchResults.tabDeployments")}
    </AnchorLink>
  );
  if (!query.data || !deployment)
    return (
      <>
        <PageTitle title={t("dispatchResults.deployment")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("dispatchResults.thisDeployment")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  return (
    <>
      <PageTitle
        title={deployment.lmsDomain || t("dispatchResults.unknownHost")}
        above={above}
        subtitle={<DeploymentStatus status={deployment.status} />}
        actions={<SuspendButton deployment={deployment} />}
      />
      <Stack>
        {deployment.suspectedDuplicateCount > 0 && (
          <Notice
            kind="warning"
            title={t("dispatchResults.duplicatesTitle", { count: deployment.suspectedDuplicateCount })}
          >
            <Text fz="sm">{t("dispatchResults.duplicatesText")}</Text>
          </Notice>
        )}
        <Panel title={t("dispatchResults.about")}>
          <DeploymentFacts deployment={deployment} />
        </Panel>
        <Panel title={t("dispatchResults.newestLaunches")}>
          <ToldLaunches launches={query.data.launches} />
        </Panel>
        <Panel title={t("dispatchResults.learners")}>
          <SessionList deploymentId={id} />
        </Panel>
        <Panel title={t("dispatchResults.notes")}>
          <DeploymentNotes deployment={deployment} />
        </Panel>
      </Stack>
    </>
  );
}

function DeploymentFacts({ deployment }: { readonly deployment: DeploymentRow }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const { format, packageId, unacknowledgedCount, refusedCount } = deployment;
  return (
    <Facts
      facts={[
        [
          t("dispatchResults.dispatch"),
          <AnchorLink
            key="dispatch"
            to="/o/$org/dispatch/dispatches/$dispatchId"
            params={{ org: slug, dispatchId: deployment.dispatchId }}
            fz="sm"
          >
            {deployment.dispatchName || "—"}
          </AnchorLink>,
        ],
        [t("dispatchResults.destination"), deployment.destinationName || "—"],
        [t("dispatchResults.courseThere"), deployment.lmsCourseId || "—"],
        [t("dispatchResults.product"), deployment.lmsProduct || "—"],
        [t("dispatchResults.format"), format ? t(`dispatchResults.format_${format}`, { defaultValue: format }) : "—"],
        [t("dispatchResults.build"), packageId ? <code title={packageId}>{packageId.slice(-7)}</code> : "—"],
        [t("dispatchResults.launcher"), <LauncherText key="launcher" row={deployment} />],
        [t("dispatchResults.firstLaunch"), <TimeText key="first" time={deployment.firstLaunchTime} />],
        [t("dispatchResults.lastLaunch"), <TimeText key="last" time={deployment.lastActivityTime} />],
        [t("dispatchResults.launches"), number(deployment.launchCount)],
        [t("dispatchResults.learners"), number(deployment.uniqueLearnerCount)],
        [t("dispatchResults.open"), number(unacknowledgedCount)],
        [t("dispatchResults.refusedThere"), number(refusedCount)],
      ]}
    />
  );
}

function SessionList({ deploymentId }: { readonly deploymentId: string }) {
  const { t } = useTranslation();
  const query = useSessions(deploymentId);
  const columns: Column<SessionRow>[] = [
    { key: "learner", header: t("dispatchResults.learner"), cell: (row) => <LearnerName session={row} /> },
    {
      key: "here",
      header: t("dispatchResults.here"),
      cell: ({ ours }) => <ResultText result={ours} none={t("dispatchResults.noResult")} />,
    },
    {
      key: "there",
      header: t("dispatchResults.there"),
      cell: ({ theirs }) => <ResultText result={theirs} none={t("dispatchResults.nothingTaken")} />,
    },
    {
      key: "ack",
      header: t("dispatchResults.acknowledged"),
      cell: ({ acknowledgement }) => <Acknowledgement value={acknowledgement} />,
    },
    { key: "last", header: t("dispatchResults.lastActivity"), cell: (row) => <TimeText time={row.lastActivityTime} /> },
  ];
  return (
    <ListPanel
      query={query}
      rows={query.data?.pages.flatMap((page) => page.sessions)}
      columns={columns}
      rowKey={({ id }) => id}
      what={t("dispatchResults.sessions")}
      total={query.data?.pages[0]?.total}
      empty={<EmptyState title={t("dispatchResults.noSessions")} text={t("dispatchResults.noSessionsText")} />}
      card={(row) => (
        <Stack gap={4}>
          <LearnerName session={row} />
          <ResultText result={row.ours} none={t("dispatchResults.noResult")} />
          <Group gap="md" fz="sm">
            <Acknowledgement value={row.acknowledgement} />
            <TimeText time={row.lastActivityTime} />
          </Group>
        </Stack>
      )}
    />
  );
}
