import type {
  DestinationDraft,
  DestinationRow,
  ReportLinkRow,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { SILENT_DAYS, useChangeDestinations, useDestination } from "../api/destinations.ts";
import { DestinationActions } from "../components/destination-actions.tsx";
import { DestinationState } from "../components/destination-state.tsx";
import { DispatchCard, useDispatchColumns } from "../components/dispatch-list.tsx";
import { NEAR, UsageBar } from "../components/usage-bar.tsx";

const DAY_MS = 24 * 3_600_000;

/** One customer: what they have, whether they use it, what is wrong. */
export function DestinationPage(props: {
  readonly id: string;
  readonly onAddCourse: () => void;
  readonly onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useDestination(props.id);
  const columns = useDispatchColumns(undefined);
  const destination = query.data?.destination;
  const draft = query.data?.draft;
  const above = (
    <AnchorLink to="/o/$org/dispatch/destinations" params={{ org: slug }} fz="sm">
      {t("dispatch.tabDestinations")}
    </AnchorLink>
  );
  if (!query.data || !destination || !draft)
    return (
      <>
        <PageTitle title={t("dispatch.destination")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("dispatch.thisDestination")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  const { dispatches, reportLinks } = query.data;
  return (
    <>
      <PageTitle
        title={destination.name}
        above={above}
        subtitle={<DestinationState destination={destination} />}
        actions={<DestinationActions destination={destination} draft={draft} {...props} />}
      />
      <Stack>
        {query.error && (
          <ErrorPanel error={query.error} what={t("dispatch.thisDestination")} onRetry={() => query.refetch()} />
        )}
        <Warnings destination={destination} />
        <Overview destination={destination} draft={draft} />
        <Panel title={t("dispatch.dispatches")}>
          {dispatches.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t("dispatch.noDispatchesYet")}
            </Text>
          ) : (
            <DataTable
              label={t("dispatch.listOf", { name: t("dispatch.dispatches") })}
              rows={dispatches}
              rowKey={({ id }) => id}
              columns={columns}
              card={(row) => <DispatchCard row={row} />}
            />
          )}
        </Panel>
        <ReportLinks links={reportLinks} />
      </Stack>
    </>
  );
}

/** What somebody should look at, each with its reason. */
function Warnings({ destination }: { readonly destination: DestinationRow }) {
  const { t } = useTranslation();
  const { enabled, usage, terms, lastContactTime, unacknowledgedCount, createTime } = destination;
  const limit = terms?.usageLimit ?? 0;
  const used = Number(usage?.used ?? 0n);
  const silentSince = Number(lastContactTime || createTime);
  const texts = [
    ...(enabled ? [] : [t("dispatch.warn_paused")]),
    ...(limit > 0 && used >= limit * NEAR ? [t("dispatch.warn_near", { used, limit })] : []),
    ...(Date.now() - silentSince > SILENT_DAYS * DAY_MS ? [t("dispatch.warn_silent", { count: SILENT_DAYS })] : []),
    ...(unacknowledgedCount > 0n ? [t("dispatch.warn_unacknowledged", { count: Number(unacknowledgedCount) })] : []),
    ...(usage && usage.refusalCount > 0n ? [t("dispatch.warn_refusals", { count: Number(usage.refusalCount) })] : []),
  ];
  if (texts.length === 0) return null;
  return (
    <Notice kind="warning" title={t("dispatch.warnings")}>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Overview({ destination, draft }: { readonly destination: DestinationRow; readonly draft: DestinationDraft }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const number = (value: bigint | number) => value.toLocaleString(i18n.language);
  return (
    <Panel
      title={t("dispatch.overview")}
      aside={
        <AnchorLink
          to="/o/$org/dispatch/licences/$licenceId"
          params={{ org: slug, licenceId: destination.id }}
          search={{ scope: "destination" }}
          fz="sm"
        >
          {t("dispatch.openLicence")}
        </AnchorLink>
      }
    >
      <Facts
        facts={[
          [t("dispatch.email"), draft.email || "—"],
          [t("dispatch.lmsProduct"), destination.lmsProduct || t("dispatch.notSeenYet")],
          [
            t("dispatch.usage"),
            <UsageBar key="usage" usage={destination.usage} terms={destination.terms} name={destination.name} />,
          ],
          [t("dispatch.launches30"), number(destination.launchCount)],
          [t("dispatch.unacknowledged"), number(destination.unacknowledgedCount)],
          [t("dispatch.lastContact"), <TimeText key="last" time={destination.lastContactTime} />],
          [t("dispatch.tags"), destination.tags.join(", ") || "—"],
          ...(destination.externalId === destination.id
            ? []
            : [[t("dispatch.externalId"), destination.externalId] as const]),
          [t("dispatch.id"), <IdText key="id" id={destination.id} />],
          ...(draft.notes ? [[t("dispatch.notes"), draft.notes] as const] : []),
        ]}
      />
    </Panel>
  );
}

/** Links by which the customer reads figures, without what they are. */
function ReportLinks({ links }: { readonly links: readonly ReportLinkRow[] }) {
  const { t } = useTranslation();
  const { unshare } = useChangeDestinations();
  const mayWrite = useCan("dispatch:write");
  if (links.length === 0) return null;
  return (
    <Panel title={t("dispatch.reportLinks")}>
      <Stack gap="xs">
        {links.map((link) => (
          <Group key={link.id} justify="space-between" gap="xs">
            <Text fz="sm">
              {t("dispatch.made")} <TimeText time={link.createTime} absolute /> ·{" "}
              {t(link.withLearners ? "dispatch.linkWithLearners" : "dispatch.linkFiguresOnly")} ·{" "}
              {t("dispatch.lastUse")} <TimeText time={link.lastUseTime} /> · {t("dispatch.ends")}{" "}
              <TimeText time={link.expireTime} absolute />
            </Text>
            {mayWrite && (
              <Button
                size="compact-sm"
                variant="default"
                loading={unshare.isPending && unshare.variables.id === link.id}
                onClick={() =>
                  unshare.mutate(
                    { id: link.id },
                    {
                      onSuccess: () => notifyDone(t("dispatch.linkEnded")),
                      onError: (error) => notifyFailed(t("dispatch.linkNotEnded"), error),
                    },
                  )
                }
              >
                {t("dispatch.endLink")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
