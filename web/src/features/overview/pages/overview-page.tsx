import type { GetOverviewResponse } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { StatusMix } from "../../../components/status-mix.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOverview } from "../api/get-overview.ts";
import { AttentionList } from "../components/attention-list.tsx";
import { FirstSteps } from "../components/first-steps.tsx";
import { RecentImports, RecentRegistrations } from "../components/recent-lists.tsx";
import { firstSteps } from "../first-steps.ts";

/** Does anything need me? */
export function OverviewPage({
  importAction,
  imports,
  activity,
}: {
  readonly importAction: ReactNode;
  readonly imports: ReactNode;
  /** How much is going on; drawn once somebody has launched a course. */
  readonly activity: ReactNode;
}) {
  const { t } = useTranslation();
  const overview = useOverview();
  const data = overview.data;
  const started = data ? firstSteps(data).every((step) => step.done) : true;
  return (
    <>
      <PageTitle
        title={t("overview.heading")}
        subtitle={
          data && (
            <>
              {t("overview.asOf")} <TimeText time={data.asOf} />
            </>
          )
        }
        actions={started && importAction}
      />
      {imports}
      {overview.error && (
        <ErrorPanel error={overview.error} what={t("overview.what")} onRetry={() => overview.refetch()} />
      )}
      {!data && !overview.error && (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t("overview.attention")}>
            <SkeletonLines lines={3} />
          </Panel>
          <Panel title={t("overview.status")}>
            <SkeletonLines lines={3} />
          </Panel>
        </SimpleGrid>
      )}
      {data && <Content overview={data} started={started} importAction={importAction} activity={activity} />}
    </>
  );
}

function Content(props: {
  readonly overview: GetOverviewResponse;
  readonly started: boolean;
  readonly importAction: ReactNode;
  readonly activity: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { overview } = props;
  const missing = new Set(overview.unavailable);
  const number = (value: bigint) => Number(value).toLocaleString(i18n.language);
  const part = (name: "courses" | "imports" | "registrations", content: ReactNode) =>
    missing.has(name) ? <Unavailable name={name} /> : content;
  const counts = overview.counts;
  return (
    <Stack>
      {!props.started && missing.size === 0 && <FirstSteps overview={overview} importAction={props.importAction} />}
      {props.started && (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t("overview.attention")}>
            <AttentionList items={overview.attention} />
          </Panel>
          <Panel title={t("overview.now")}>
            <Facts
              facts={[
                [t("overview.sessionsOpen"), big(counts ? number(counts.sessionsOpen) : "—")],
                [t("overview.launches30d"), big(counts ? number(counts.launches30d) : "—")],
                [t("overview.registrations"), big(counts ? number(counts.registrations) : "—")],
                [t("overview.courses"), big(missing.has("courses") ? "—" : number(overview.courseCount))],
              ]}
            />
          </Panel>
        </SimpleGrid>
      )}
      {props.started && props.activity}
      {(counts?.registrations ?? 0n) > 0n && (
        <Panel title={t("overview.status")}>{part("registrations", counts && <StatusMix counts={counts} />)}</Panel>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t("overview.recentRegistrations")}>
          {part("registrations", <RecentRegistrations registrations={overview.recentRegistrations} />)}
        </Panel>
        <Panel title={t("overview.recentImports")}>
          {part("imports", <RecentImports imports={overview.recentImports} />)}
        </Panel>
      </SimpleGrid>
    </Stack>
  );
}

function big(text: string) {
  return (
    <Text span fz="xl" fw={600} lh="28px">
      {text}
    </Text>
  );
}

function Unavailable({ name }: { readonly name: "courses" | "imports" | "registrations" }) {
  const { t } = useTranslation();
  return (
    <Text fz="sm" c="var(--cm-failed)" role="alert">
      {t(`overview.unavailable_${name}`)}
    </Text>
  );
}
