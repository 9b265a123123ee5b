import { Stack } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangeReplays, useReplay } from "../api/replays.ts";
import { useTypesText } from "../components/endpoint-facts.ts";
import { ReplayProgress, useScopeText } from "../components/replay-progress.tsx";
import { ReplayState } from "../components/status-word.tsx";

/** One replay: what it sends, how far it is, what failed. */
export function ReplayPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useReplay(id);
  const { cancel } = useChangeReplays();
  const [canceling, setCanceling] = useState(false);
  const scope = useScopeText();
  const types = useTypesText();
  const replay = query.data?.replay;
  const above = (
    <AnchorLink to="/o/$org/webhooks/replays" params={{ org: slug }} fz="sm">
      {t("webhooks.tabReplays")}
    </AnchorLink>
  );
  if (!replay)
    return (
      <>
        <PageTitle title={t("webhooks.replay")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("webhooks.thisReplay")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </>
    );
  const { plan } = replay;
  const open = replay.state === "waiting" || replay.state === "running";
  return (
    <>
      <PageTitle
        title={t("webhooks.replayTo", { name: replay.endpointName || t("webhooks.goneEndpoint") })}
        above={above}
        subtitle={<ReplayState state={replay.state} />}
        actions={
          open && (
            <GuardedButton
              scope="webhook:write"
              variant="default"
              leftSection={<IconBan size={16} />}
              onClick={() => setCanceling(true)}
            >
              {t("webhooks.cancelReplay")}
            </GuardedButton>
          )
        }
      />
      <Stack>
        <Panel title={t("webhooks.progress")}>
          <ReplayProgress replay={replay} />
        </Panel>
        <Panel title={t("webhooks.plan")}>
          <Facts
            facts={[
              [
                t("webhooks.endpoint"),
                <AnchorLink
                  key="endpoint"
                  to="/o/$org/webhooks/endpoints/$endpointId"
                  params={{ org: slug, endpointId: plan?.endpointId ?? "" }}
                  fz="sm"
                >
                  {replay.endpointName || t("webhooks.goneEndpoint")}
                </AnchorLink>,
              ],
              [t("webhooks.scope"), scope(plan?.scope ?? "")],
              [t("events.since"), <TimeText key="since" time={plan?.since ?? 0n} absolute />],
              [t("events.until"), <TimeText key="until" time={plan?.until ?? 0n} absolute />],
              [t("webhooks.types"), plan?.types.length ? types(plan.types) : t("webhooks.asEndpoint")],
              [t("webhooks.startedAt"), <TimeText key="started" time={replay.createTime} absolute />],
              [t("webhooks.endedAt"), <TimeText key="ended" time={replay.endTime} absolute />],
              [t("webhooks.startedBy"), replay.createdBy],
              [
                t("webhooks.tabDeliveries"),
                <AnchorLink
                  key="deliveries"
                  to="/o/$org/webhooks/deliveries"
                  params={{ org: slug }}
                  search={{ replay: id }}
                  fz="sm"
                >
                  {t("webhooks.deliveriesOfReplay")}
                </AnchorLink>,
              ],
            ]}
          />
        </Panel>
      </Stack>
      {canceling && (
        <ConfirmDialog
          title={t("webhooks.cancelReplayTitle")}
          verb={t("webhooks.cancelReplay")}
          failure={t("webhooks.thisReplay")}
          onClose={() => setCanceling(false)}
          onConfirm={() => cancel.mutateAsync({ id })}
        >
          {t("webhooks.cancelReplayText")}
        </ConfirmDialog>
      )}
    </>
  );
}
