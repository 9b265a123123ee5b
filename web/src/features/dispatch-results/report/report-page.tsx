import { useInfiniteQuery } from "@connectrpc/connect-query";
import type { OpenCustomerReportResponse } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { CustomerReportViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Anchor, Box, Container, Group, Image, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { errorFacts } from "../../../lib/rpc/error-facts.ts";
import { FigureCards, Timeline, useFigureCards } from "../components/figures-parts.tsx";
import { type Days, RangeControl } from "../components/range-control.tsx";
import { lastDays } from "../day-range.ts";
import { ReportLearners } from "./report-learners.tsx";
import { tokenOf } from "./report-token.ts";

/** What a customer reads by link: figures of what they use, without signing in. */
export function ReportPage() {
  const { t } = useTranslation();
  const token = useToken();
  const [days, setDays] = useState<Days>(30);
  const query = useInfiniteQuery(
    CustomerReportViewService.method.openCustomerReport,
    { token, ...lastDays(days, "local"), pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      enabled: token !== "",
      // An ended link stays ended.
      retry: false,
    },
  );
  const report = query.data?.pages[0];
  const title = report?.title ?? t("report.title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  const ended = token === "" || errorFacts(query.error).reason === "REPORT_LINK_INVALID";
  if (ended && (token === "" || query.error))
    return (
      <Container size="sm" component="main" py="xl">
        <Title order={1} mb="md">
          {t("report.title")}
        </Title>
        <EmptyState title={t("report.ended")} text={t("report.endedText")} />
      </Container>
    );
  return (
    <Container size="lg" component="main" py="lg">
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <ReportHeading report={report} title={title} />
        <RangeControl days={days} onDays={setDays} />
      </Group>
      {query.error && <ErrorPanel error={query.error} what={t("report.this")} onRetry={() => query.refetch()} />}
      {!report && !query.error && <SkeletonLines lines={10} />}
      {report && (
        <Stack>
          <ReportFigures report={report} />
          {report.withLearners && (
            <Panel title={t("dispatchResults.learners")}>
              <ReportLearners query={query} learners={query.data?.pages.flatMap((page) => page.learners)} />
            </Panel>
          )}
          <ReportFoot report={report} />
        </Stack>
      )}
    </Container>
  );
}

function ReportHeading(props: { readonly report: OpenCustomerReportResponse | undefined; readonly title: string }) {
  const { t } = useTranslation();
  const { report, title } = props;
  return (
    <Group gap="md" wrap="nowrap" miw={0}>
      {report?.logoUrl && (
        <Image src={report.logoUrl} alt="" h={40} w="auto" maw={160} fit="contain" referrerPolicy="no-referrer" />
      )}
      <Box
        miw={0}
        {...(report?.primaryColor && { ps: "sm", style: { borderInlineStart: `4px solid ${report.primaryColor}` } })}
      >
        <Title order={1} style={{ overflowWrap: "anywhere" }}>
          {title}
        </Title>
        <Text fz="sm" c="dimmed">
          {t("report.subtitle")}
        </Text>
      </Box>
    </Group>
  );
}

function ReportFigures({ report }: { readonly report: OpenCustomerReportResponse }) {
  const { t, i18n } = useTranslation();
  const cards = useFigureCards();
  const { summary, used, seatsTaken } = report;
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const quiet = !summary || (summary.launches === 0n && summary.refusals === 0n);
  return (
    <>
      {summary && <FigureCards cards={cards(summary)} />}
      <Panel title={t("dispatchResults.timeline")}>
        {quiet ? <Text c="dimmed">{t("dispatchResults.quiet")}</Text> : <Timeline days={report.days} />}
      </Panel>
      <Text fz="sm">
        {t("report.used", { count: Number(used), formatted: number(used), seats: number(seatsTaken) })}
      </Text>
    </>
  );
}

function ReportFoot({ report }: { readonly report: OpenCustomerReportResponse }) {
  const { t } = useTranslation();
  const { supportText, supportUrl } = report;
  const linked = /^https?:\/\//.test(supportUrl);
  return (
    <Group justify="space-between" gap="xs" component="footer">
      <Text fz="xs" c="dimmed" component="div">
        {t("dispatchResults.asOf")} <TimeText time={report.asOf} /> · {Intl.DateTimeFormat().resolvedOptions().timeZone}
      </Text>
      {(supportText || linked) && (
        <Text fz="xs" component="div">
          {linked ? (
            <Anchor href={supportUrl} rel="noopener noreferrer" fz="xs" underline="always">
              {supportText || supportUrl}
            </Anchor>
          ) : (
            supportText
          )}
        </Text>
      )}
    </Group>
  );
}

/** Follows the address: another link pasted into the same tab is another report. */
function useToken(): string {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => tokenOf(window.location.hash),
  );
}
