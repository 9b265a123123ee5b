import type { GetRegistrationResponse } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { changingCalls, indexOfPosition, matchesCall, positionOf } from "./call-list.ts";
import { CallTable } from "./call-table.tsx";
import { DensityTimeline } from "./density-timeline.tsx";
import classes from "./journal.module.css";
import { JournalFilters, type JournalView } from "./journal-filters.tsx";
import { journalRows } from "./journal-rows.ts";
import { Scrubber } from "./scrubber.tsx";
import { StatePanel } from "./state-panel.tsx";
import { useCalls } from "./use-calls.ts";

/** What happened, call by call: timeline, list, scrubber, and the state at that instant. */
export function JournalTab(props: {
  readonly answer: GetRegistrationResponse;
  /** `<launch>:<seq>`; without it the newest call is shown, and followed while a session is open. */
  readonly at: string | undefined;
  readonly onAt: (at: string) => void;
  readonly view: JournalView;
  readonly onView: (view: JournalView) => void;
}) {
  const { t, i18n } = useTranslation();
  const { answer, view } = props;
  const registrationId = answer.registration?.id ?? "";
  const following = answer.registration?.sessionOpen === true && props.at === undefined;
  const { query, calls, total } = useCalls(registrationId, answer.instanceId, following);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const changes = useMemo(() => changingCalls(calls ?? []), [calls]);
  const shown = useMemo(
    () => (calls ?? []).flatMap((call, index) => (matchesCall(call, view) ? [index] : [])),
    [calls, view],
  );
  const rows = useMemo(
    () => journalRows(calls ?? [], shown, { compact: !view.full, expanded, complete: shown.length === calls?.length }),
    [calls, shown, view.full, expanded],
  );
  const launches = useMemo(() => [...new Set(calls?.map((call) => call.launchId))], [calls]);
  if (query.error && !calls)
    return <ErrorPanel error={query.error} what={t("journal.what")} onRetry={() => query.refetch()} />;
  if (!calls) return <SkeletonLines lines={10} height={18} />;
  if (calls.length === 0) return <EmptyState title={t("journal.notLaunched")} text={t("journal.notLaunchedText")} />;
  const index = indexOfPosition(calls, props.at);
  const call = calls[index];
  const select = (next: number) => {
    const target = calls[next];
    if (target) props.onAt(positionOf(target));
  };
  const launchNumber = (launchId: string) => launches.indexOf(launchId) + 1;
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Stack gap="sm">
      <DensityTimeline calls={calls} index={index} onIndex={select} />
      <Scrubber
        count={calls.length}
        index={index}
        changes={changes}
        words={{ slider: t("journal.scrubber"), previous: t("journal.previousCall"), next: t("journal.nextCall") }}
        describe={call ? `${call.seq}: ${call.method} ${call.element}` : ""}
        onIndex={select}
      />
      <div className={classes.columns}>
        <div style={{ minWidth: 0 }}>
          <JournalFilters view={view} onView={props.onView} launches={launches} activities={answer.activities} />
          {shown.length === 0 ? (
            <Group>
              <Text c="dimmed">{t("list.noneMatch")}</Text>
              <Button variant="default" onClick={() => props.onView({})}>
                {t("list.clearFilters")}
              </Button>
            </Group>
          ) : (
            <CallTable
              calls={calls}
              rows={rows}
              index={index}
              launchNumber={launchNumber}
              onSelect={select}
              onUnfold={(from) => setExpanded(new Set([...expanded, from]))}
            />
          )}
          <Group justify="space-between" gap="xs" mt={4}>
            <Text fz="xs" c="dimmed" role="status">
              {following ? `${t("journal.following")} · ` : ""}
              {t("journal.shownOf", { shown: number(shown.length), total: number(Math.max(total, calls.length)) })}
            </Text>
            <Group gap={4}>
              {query.hasNextPage && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={query.isFetchingNextPage}
                  onClick={() => query.fetchNextPage()}
                >
                  {t("journal.loadMore")}
                </Button>
              )}
              {call && (
                <>
                  <Text fz="xs" c="dimmed">
                    {t("journal.linkToCall", { seq: call.seq })}
                  </Text>
                  <CopyButton value={linkTo(positionOf(call))} label={t("journal.copyLink")} />
                </>
              )}
            </Group>
          </Group>
        </div>
        {call && (
          <StatePanel
            registrationId={registrationId}
            instanceId={answer.instanceId}
            call={call}
            launchNumber={launchNumber(call.launchId)}
            sequenced={answer.sequenced}
          />
        )}
      </div>
    </Stack>
  );
}

/** The page's own address, scrubbed to a call. */
function linkTo(position: string): string {
  const url = new URL(location.href);
  url.searchParams.set("at", position);
  return url.href;
}
