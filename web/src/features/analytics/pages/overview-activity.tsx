import { Group, Text } from "@mantine/core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../../components/links.tsx";
import { Panel } from "../../../components/panel.tsx";
import { zoneName } from "../../../lib/format/time.ts";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { useReach } from "../api/boards.ts";
import { useToday } from "../api/today.ts";
import { BoardProvider } from "../board/board-context.ts";
import type { BoardSearch } from "../board/board-search.ts";
import { useBoardState } from "../board/use-board-state.ts";
import classes from "../components/board.module.css";
import { LiveStrip } from "../components/live-strip.tsx";
import { changeOf } from "../time-points.ts";
import { useFormats } from "../use-formats.ts";

/** Launches and completions against the period before, and who is in a course now; for those who may see analytics. */
export function OverviewActivity() {
  return useCan("analytics:read") ? <Activity /> : null;
}

const SEARCH: BoardSearch = { range: "30d" };

function Activity() {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const [search] = useState(SEARCH);
  const ignore = useCallback(() => undefined, []);
  const board = useBoardState(search, ignore);
  const today = useToday(search, zoneName(board.zone));
  const { data, error } = useReach(board.question);
  const formats = useFormats();
  const { figures, previous } = data?.summary ?? {};
  const measures = [
    ["launches", figures?.launches, previous?.launches],
    ["completions", figures?.completions, previous?.completions],
    ["activeLearners", figures?.activeLearners, previous?.activeLearners],
  ] as const;
  return (
    <BoardProvider value={board}>
      <Panel
        title={t("analytics.last30")}
        aside={
          <AnchorLink to="/o/$org/analytics/$board" params={{ org: slug, board: "reach" }} fz="sm">
            {t("analytics.toBoards")}
          </AnchorLink>
        }
      >
        {error && !data ? (
          <Text fz="sm" c="var(--cm-failed)" role="alert">
            {t("analytics.unavailable")}
          </Text>
        ) : (
          <Group gap="xl" mih={58} align="flex-start" aria-busy={!data}>
            {measures.map(([key, value, before]) => {
              const change = changeOf(Number(value ?? 0n), Number(before ?? 0n), "amount");
              return (
                <div key={key} data-measure={key}>
                  <Text fz="xs" c="dimmed">
                    {t(`analytics.${key}`)}
                  </Text>
                  <span className={classes.number}>{value === undefined ? "—" : formats.count(value)}</span>
                  <Text fz="xs" c="dimmed">
                    {before !== undefined &&
                      (change
                        ? t("analytics.changeAgainst", {
                            change: `${change.change > 0 ? "+" : ""}${formats.percent(change.change)}`,
                            before: formats.count(before),
                          })
                        : t("analytics.noneBefore"))}
                  </Text>
                </div>
              );
            })}
            <Text component="div" fz="sm" ms="auto">
              <LiveStrip today={today} />
            </Text>
          </Group>
        )}
      </Panel>
    </BoardProvider>
  );
}
