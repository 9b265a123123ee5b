import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Notice } from "../../../components/notice.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { Facts, Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { usePipe } from "../api/pipes.ts";
import { DeadLetters } from "../components/dead-letters.tsx";
import { FilterSummary } from "../components/filter-summary.tsx";
import { PipeActions } from "../components/pipe-actions.tsx";
import { PipeStatus, usePipeLag } from "../components/pipe-status.tsx";
import { PipeTest } from "../components/pipe-test.tsx";
import { filtersOfMessage } from "../statement/filters-of-message.ts";

/** One pipe: is it healthy, how far is it, what was refused. */
export function PipePage({ id, onDeleted }: { readonly id: string; readonly onDeleted: () => void }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const query = usePipe(id);
  const lag = usePipeLag();
  const pipe = query.data?.pages[0]?.pipe;
  const above = (
    <AnchorLink to="/o/$org/lrs/pipes" params={{ org: slug }} fz="sm">
      {t("lrs.tabPipes")}
    </AnchorLink>
  );
  if (!pipe)
    return (
      <>
        <PageTitle title={t("pipes.heading")} above={above} />
        {query.error ? (
          <ErrorPanel error={query.error} what={t("pipes.thisOne")} onRetry={() => query.refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </>
    );
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  return (
    <>
      <PageTitle
        title={pipe.name}
        above={above}
        subtitle={
          <Anchor href={pipe.targetUrl} target="_blank" rel="noreferrer" fz="sm" style={{ overflowWrap: "anywhere" }}>
            {pipe.targetUrl}
          </Anchor>
        }
        actions={<PipeActions pipe={pipe} onDeleted={onDeleted} />}
      />
      <Stack>
        {pipe.lastError && pipe.status !== "running" && (
          <Notice kind={pipe.status === "stopped" ? "failed" : "warning"} title={t("pipes.lastError")}>
            <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
              {pipe.lastError}
            </Text>
            <Text fz="sm" c="dimmed">
              {t("pipes.failures", { count: pipe.failureCount })}
              {pipe.status === "retrying" && pipe.nextAttemptTime > 0n && (
                <>
                  {" "}
                  {t("pipes.nextAttempt")} <TimeText time={pipe.nextAttemptTime} absolute />
                </>
              )}
              {pipe.status === "stopped" && ` ${t("pipes.resumeHint")}`}
            </Text>
          </Notice>
        )}
        <Panel title={t("pipes.progress")}>
          <Facts
            facts={[
              [t("pipes.status"), <PipeStatus key="status" pipe={pipe} />],
              [t("pipes.lag"), lag(pipe)],
              [t("pipes.through"), <TimeText key="through" time={pipe.forwardedThrough} absolute />],
              [t("pipes.forwarded"), number(pipe.forwardedCount)],
              [t("pipes.letters"), number(pipe.deadLetterCount)],
              [t("pipes.lastAttempt"), <TimeText key="attempt" time={pipe.lastAttemptTime} />],
              [t("pipes.what"), <FilterSummary key="filter" filters={filtersOfMessage(pipe.filter)} />],
              [t("pipes.version"), pipe.version],
              [t("pipes.withAttachments"), t(pipe.withAttachments ? "pipes.yes" : "pipes.no")],
            ]}
          />
          <Group mt="md">
            <PipeTest id={pipe.id} />
          </Group>
        </Panel>
        <DeadLetters pipe={pipe} letters={query.data?.pages.flatMap((page) => page.deadLetters) ?? []} query={query} />
      </Stack>
    </>
  );
}
