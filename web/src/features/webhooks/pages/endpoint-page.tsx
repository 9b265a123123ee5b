import type { EndpointRow, GetEndpointResponse } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Grid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useEndpoint } from "../api/endpoints.ts";
import { EndpointActions } from "../components/endpoint-actions.tsx";
import { daysSince, useSuccessText, useTypesText } from "../components/endpoint-facts.ts";
import { EndpointHealth } from "../components/endpoint-health.tsx";
import { EndpointSettings } from "../components/endpoint-settings.tsx";
import { EndpointTest } from "../components/endpoint-test.tsx";
import { NewestDeliveries } from "../components/newest-deliveries.tsx";
import { SecretList } from "../components/secret-list.tsx";
import { EndpointStatus } from "../components/status-word.tsx";

/** One endpoint: is the receiver healthy, what is it told, with which secrets. */
export function EndpointPage({ id, onDeleted }: { readonly id: string; readonly onDeleted: () => void }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const query = useEndpoint(id);
  const endpoint = query.data?.endpoint;
  const above = (
    <AnchorLink to="/o/$org/webhooks/endpoints" params={{ org: slug }} fz="sm">
      {t("webhooks.tabEndpoints")}
    </AnchorLink>
  );
  if (!query.data || !endpoint)
    return (
      <>
        <PageTitle title={t("webhooks.endpoint")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("webhooks.thisOne")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )}
      </>
    );
  return (
    <>
      <PageTitle
        title={endpoint.draft?.name ?? ""}
        above={above}
        subtitle={
          <Text span fz="sm" ff="monospace" style={{ overflowWrap: "anywhere" }}>
            {endpoint.draft?.url}
          </Text>
        }
        actions={<EndpointActions endpoint={endpoint} onDeleted={onDeleted} />}
      />
      <Stack>
        {query.error && <ErrorPanel error={query.error} what={t("webhooks.thisOne")} onRetry={() => query.refetch()} />}
        <Trouble endpoint={endpoint} />
        <Overview answer={query.data} endpoint={endpoint} />
        <Grid>
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <NewestDeliveries endpointId={id} deliveries={query.data.deliveries} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <SecretList endpoint={endpoint} secrets={query.data.secrets} />
          </Grid.Col>
        </Grid>
        <EndpointSettings endpoint={endpoint} courses={query.data.courses} />
      </Stack>
    </>
  );
}

/** Why deliveries fail or stopped, since when, and how to go on. */
function Trouble({ endpoint }: { readonly endpoint: EndpointRow }) {
  const { t } = useTranslation();
  const { status, statusReason, lastError, nextAttemptTime, lastFailureTime, updateTime } = endpoint;
  if (status === "active") return null;
  const off = status === "disabled" || status === "suspended";
  return (
    <Notice
      kind={status === "suspended" ? "failed" : status === "disabled" ? "neutral" : "warning"}
      title={t(`webhooks.trouble_${off ? (status === "disabled" ? "disabled" : "suspended") : "failing"}`)}
    >
      <Stack gap={4}>
        {statusReason && <Text fz="sm">{statusReason}</Text>}
        {lastError && (
          <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
            {t("webhooks.lastError")}: {lastError} (<TimeText time={lastFailureTime} />)
          </Text>
        )}
        <Text fz="sm" c="dimmed">
          {off ? (
            <>
              {t("webhooks.offSince")} <TimeText time={updateTime} absolute />. {t("webhooks.resumeHint")}
            </>
          ) : (
            nextAttemptTime > 0n && (
              <>
                {t("webhooks.nextAttempt")}: <TimeText time={nextAttemptTime} absolute />
              </>
            )
          )}
        </Text>
      </Stack>
    </Notice>
  );
}

function Overview({ answer, endpoint }: { readonly answer: GetEndpointResponse; readonly endpoint: EndpointRow }) {
  const { t, i18n } = useTranslation();
  const success = useSuccessText();
  const types = useTypesText();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const { p95LatencyMs, secretCreateTime } = endpoint;
  return (
    <Panel title={t("webhooks.health")} aside={<EndpointTest id={endpoint.id} />}>
      <Stack>
        <Facts
          facts={[
            [t("webhooks.status"), <EndpointStatus key="status" status={endpoint.status} />],
            [t("webhooks.success24"), success(endpoint)],
            [
              t("webhooks.p95"),
              p95LatencyMs === undefined
                ? "—"
                : t("webhooks.ms", { value: p95LatencyMs.toLocaleString(i18n.language) }),
            ],
            [t("webhooks.queue"), number(endpoint.queuedCount)],
            [t("webhooks.nextAttempt"), <TimeText key="next" time={endpoint.nextAttemptTime} absolute />],
            [t("webhooks.lastSuccess"), <TimeText key="success" time={endpoint.lastSuccessTime} />],
            [t("webhooks.lastFailure"), <TimeText key="failure" time={endpoint.lastFailureTime} />],
            [t("webhooks.types"), types(endpoint.draft?.filter?.types ?? [])],
            [
              t("webhooks.secretAge"),
              secretCreateTime > 0n ? t("webhooks.days", { count: daysSince(secretCreateTime) }) : "—",
            ],
            ...(endpoint.status === "active" && endpoint.lastError
              ? [[t("webhooks.lastError"), endpoint.lastError] as const]
              : []),
          ]}
        />
        <EndpointHealth steps={answer.steps} failures={answer.failures} />
      </Stack>
    </Panel>
  );
}
