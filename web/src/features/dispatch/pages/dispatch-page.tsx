import type { DispatchRow, GetDispatchResponse } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Grid, Loader, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useDispatch } from "../api/dispatches.ts";
import { DispatchActions } from "../components/dispatch-actions.tsx";
import { PackagesPanel, PlacesPanel, RefusalsPanel } from "../components/dispatch-parts.tsx";
import { RefusalPreview } from "../components/refusal-preview.tsx";
import { DispatchStatus } from "../components/status-word.tsx";
import { UsageBar } from "../components/usage-bar.tsx";
import { brandingOf } from "../form/look.ts";

/** Is this course reaching that LMS? */
export function DispatchPage(props: {
  readonly id: string;
  /** Moves of learners between versions. */
  readonly moves?: ReactNode;
  readonly onDeleted: () => void;
}) {
  const { id, onDeleted } = props;
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useDispatch(id);
  const dispatch = query.data?.dispatch;
  const draft = query.data?.draft;
  const above = (
    <AnchorLink to="/o/$org/dispatch" params={{ org: slug }} fz="sm">
      {t("dispatch.tabDispatches")}
    </AnchorLink>
  );
  if (!query.data || !dispatch || !draft)
    return (
      <>
        <PageTitle title={t("dispatch.dispatch")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("dispatch.thisDispatch")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={12} />
        )}
      </>
    );
  return (
    <>
      <PageTitle
        title={dispatch.name}
        above={above}
        subtitle={<DispatchStatus status={dispatch.status} />}
        actions={<DispatchActions dispatch={dispatch} draft={draft} onDeleted={onDeleted} />}
      />
      <Stack>
        {query.error && (
          <ErrorPanel error={query.error} what={t("dispatch.thisDispatch")} onRetry={() => query.refetch()} />
        )}
        <Contact dispatch={dispatch} destinationEnabled={query.data.destinationEnabled} />
        <Overview answer={query.data} dispatch={dispatch} />
        {props.moves}
        <PlacesPanel answer={query.data} />
        <Grid>
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <Stack>
              <PackagesPanel packages={query.data.packages} />
              <RefusalsPanel counts={query.data.refusalCounts} refusals={query.data.refusals} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Panel title={t("dispatch.learnersPage")}>
              <RefusalPreview branding={brandingOf(query.data.shownBranding)} dispatchId={id} />
            </Panel>
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}

/** Waits for the first launch, and says so when it came; says why nothing launches. */
function Contact({
  dispatch,
  destinationEnabled,
}: {
  readonly dispatch: DispatchRow;
  readonly destinationEnabled: boolean;
}) {
  const { t } = useTranslation();
  const { status, firstLaunchTime, destinationName } = dispatch;
  if (status === "awaiting_contact")
    return (
      <Notice
        kind="warning"
        icon={<Loader size={16} color="var(--cm-incomplete)" />}
        title={t("dispatch.awaitingTitle")}
      >
        <output>{t("dispatch.awaitingText")}</output>
      </Notice>
    );
  if (status === "active")
    return (
      <Notice kind="passed" icon={<IconCircleCheck size={18} />} title={t("dispatch.reachedTitle")}>
        <output>
          {t("dispatch.reachedText", { name: destinationName })} <TimeText time={firstLaunchTime} absolute />
        </output>
      </Notice>
    );
  const why =
    status === "disabled" && !destinationEnabled
      ? t("dispatch.why_destination", { name: destinationName })
      : status === "expired"
        ? t("dispatch.why_expired")
        : status === "limit_reached"
          ? t("dispatch.why_limit")
          : t("dispatch.why_disabled");
  return <Notice kind={status === "disabled" ? "neutral" : "failed"} title={why} />;
}

function Overview({ answer, dispatch }: { readonly answer: GetDispatchResponse; readonly dispatch: DispatchRow }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const number = (value: bigint | number) => value.toLocaleString(i18n.language);
  const { acceptedCount, refusedCount, suspectedDuplicateCount, versions, draft } = answer;
  const duplicates = suspectedDuplicateCount > 0;
  return (
    <Panel
      title={t("dispatch.overview")}
      aside={
        <AnchorLink
          to="/o/$org/dispatch/licences/$licenceId"
          params={{ org: slug, licenceId: dispatch.id }}
          search={{ scope: "dispatch" }}
          fz="sm"
        >
          {t("dispatch.openLicence")}
        </AnchorLink>
      }
    >
      <Stack>
        <Facts
          facts={[
            [
              t("dispatch.course"),
              <AnchorLink
                key="course"
                to="/o/$org/courses/$courseId"
                params={{ org: slug, courseId: dispatch.courseId }}
                fz="sm"
              >
                {dispatch.courseTitle || t("dispatch.hiddenCourse")}
              </AnchorLink>,
            ],
            [
              t("dispatch.versionPolicy"),
              dispatch.pinnedVersionNumber > 0
                ? t("dispatch.pinnedTo", { number: dispatch.pinnedVersionNumber })
                : t("dispatch.followsNow", { number: answer.courseVersionNumber }),
            ],
            [
              t("dispatch.destination"),
              <AnchorLink
                key="destination"
                to="/o/$org/dispatch/destinations/$destinationId"
                params={{ org: slug, destinationId: dispatch.destinationId }}
                fz="sm"
              >
                {dispatch.destinationName || "—"}
              </AnchorLink>,
            ],
            [
              t("dispatch.usage"),
              <UsageBar key="usage" usage={dispatch.usage} terms={dispatch.terms} name={dispatch.name} />,
            ],
            [t("dispatch.firstLaunch"), <TimeText key="first" time={dispatch.firstLaunchTime} absolute />],
            [t("dispatch.lastLaunch"), <TimeText key="last" time={dispatch.lastLaunchTime} />],
            [t("dispatch.launches"), number(dispatch.launchCount)],
            [t("dispatch.learners"), number(dispatch.uniqueLearnerCount)],
            [t("dispatch.completions"), number(dispatch.completionCount)],
            [t("dispatch.hostAccepted"), number(acceptedCount)],
            [
              t("dispatch.hostRefused"),
              <Text key="refused" span fz="sm" {...(refusedCount > 0n && { c: "var(--cm-failed)" })}>
                {number(refusedCount)}
              </Text>,
            ],
            [
              t("dispatch.unacknowledged"),
              <AnchorLink
                key="results"
                to="/o/$org/dispatch/results"
                params={{ org: slug }}
                search={{ dispatch: dispatch.id }}
                fz="sm"
              >
                {number(dispatch.unacknowledgedCount)}
              </AnchorLink>,
            ],
            [t("dispatch.downloads"), number(dispatch.downloadCount)],
            [t("dispatch.id"), <IdText key="id" id={dispatch.id} />],
            ...(dispatch.tags.length > 0 ? [[t("dispatch.tags"), dispatch.tags.join(", ")] as const] : []),
            ...(draft?.callback ? [[t("dispatch.callback"), draft.callback.url] as const] : []),
          ]}
        />
        {versions.length > 0 && (
          <Text fz="sm" c="dimmed">
            {t("dispatch.versionsInUse")}:{" "}
            {versions
              .map((use) => t("dispatch.versionUse", { number: use.number || "?", count: Number(use.registrations) }))
              .join(" · ")}
          </Text>
        )}
        {duplicates && (
          <Notice kind="warning" title={t("dispatch.duplicates", { count: suspectedDuplicateCount })}>
            {t(draft?.isStatic ? "dispatch.duplicatesStatic" : "dispatch.duplicatesInstanced")}
          </Notice>
        )}
      </Stack>
    </Panel>
  );
}
