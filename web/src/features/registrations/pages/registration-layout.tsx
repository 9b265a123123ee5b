import type { GetRegistrationResponse } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Group, Select } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, SkeletonLines } from "../../../components/panel.tsx";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { DurationText, TimeText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { rememberObject } from "../../../lib/recent-objects.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useRegistration } from "../api/registrations.ts";
import { RegistrationActions } from "../components/registration-actions.tsx";
import { OpenDot } from "../components/registration-columns.tsx";

/** Head and tabs of a registration; the tab's content is drawn by `children`. */
export function RegistrationLayout(props: {
  readonly registrationId: string;
  readonly instanceId: string;
  readonly onInstance: (instanceId: string) => void;
  readonly onDeleted: () => void;
  readonly children: (answer: GetRegistrationResponse) => ReactNode;
}) {
  const { t } = useTranslation();
  const organization = useOrganization();
  const query = useRegistration(props.registrationId, props.instanceId);
  const answer = query.data;
  const row = answer?.registration;
  const title = row ? `${row.learnerName || row.learnerId} · ${row.courseTitle}` : "";
  useEffect(() => {
    if (row) rememberObject(organization.id, { kind: "registration", id: row.id, title });
  }, [row, title, organization.id]);
  if (query.error && !answer)
    return (
      <>
        <PageTitle title={t("registration.heading")} />
        <ErrorPanel error={query.error} what={t("registration.what")} onRetry={() => query.refetch()} />
      </>
    );
  if (!answer || !row) return <SkeletonLines lines={8} height={18} />;
  const params = { org: organization.slug, registrationId: row.id };
  const search = props.instanceId ? { try: props.instanceId } : {};
  return (
    <>
      <PageTitle
        title={title}
        above={
          <AnchorLink to="/o/$org/registrations" params={{ org: organization.slug }} fz="sm">
            {t("registrations.heading")}
          </AnchorLink>
        }
        subtitle={
          <Group gap="md" mt={4}>
            <StatusBadges completion={row.completion} success={row.success} />
            {row.sessionOpen && <OpenDot />}
          </Group>
        }
        actions={<RegistrationActions answer={answer} onDeleted={props.onDeleted} />}
      />
      <RegistrationFacts answer={answer} onInstance={props.onInstance} />
      <TabLinks label={t("registration.tabs")}>
        <TabLink
          to="/o/$org/registrations/$registrationId"
          params={params}
          search={search}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {t("registration.tabJournal")}
        </TabLink>
        <TabLink
          to="/o/$org/registrations/$registrationId/activities"
          params={params}
          search={search}
          activeOptions={{ includeSearch: false }}
        >
          {answer.sequenced ? t("why.tab") : t("registration.tabActivities")}
        </TabLink>
        <TabLink
          to="/o/$org/registrations/$registrationId/launches"
          params={params}
          search={search}
          activeOptions={{ includeSearch: false }}
        >
          {t("registration.tabLaunches")}
        </TabLink>
      </TabLinks>
      {props.children(answer)}
    </>
  );
}

function RegistrationFacts({
  answer,
  onInstance,
}: {
  readonly answer: GetRegistrationResponse;
  readonly onInstance: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const row = answer.registration;
  if (!row) return null;
  const instances = answer.instances;
  return (
    <div style={{ marginBottom: 16 }}>
      <Facts
        facts={[
          [t("registrations.score"), formatScore(row.score)],
          [t("registrations.time"), <DurationText key="time" seconds={row.totalSeconds} />],
          [t("registration.progress"), `${Math.round(row.progress * 100)}%`],
          [t("registrations.lastActivity"), <TimeText key="activity" time={row.activityTime} />],
          [
            t("registrations.course"),
            <AnchorLink key="course" to="/o/$org/courses/$courseId" params={{ org: slug, courseId: row.courseId }}>
              {row.courseTitle} {t("registrations.versionShort", { number: row.versionNumber })}
            </AnchorLink>,
          ],
          [t("registration.id"), <IdText key="id" id={row.id} />],
          ...(instances.length > 1
            ? [
                [
                  t("registration.try"),
                  <Select
                    key="try"
                    size="xs"
                    w={150}
                    aria-label={t("registration.try")}
                    allowDeselect={false}
                    value={answer.instanceId}
                    data={instances.map((instance) => ({
                      value: instance.id,
                      label: t("registration.tryOf", { number: instance.number, total: instances.length }),
                    }))}
                    onChange={(id) => id && onInstance(id)}
                  />,
                ] as const,
              ]
            : []),
        ]}
      />
    </div>
  );
}
