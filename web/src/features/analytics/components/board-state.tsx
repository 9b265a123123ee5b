import type { BoardSummary } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Paper, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useDelayed } from "../../../lib/use-delayed.ts";
import classes from "./board.module.css";

interface BoardQuery<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

/** The cards of a board: their skeleton, why they are missing, or themselves; old figures stay while new ones are read. */
export function BoardState<Data extends { readonly summary?: BoardSummary | undefined }>(props: {
  readonly query: BoardQuery<Data>;
  readonly cards: number;
  readonly children: (data: Data) => ReactNode;
}) {
  const { t } = useTranslation();
  const { query } = props;
  const skeleton = useDelayed(query.isPending, 200);
  const failed = query.error !== null && query.error !== undefined;
  const { data } = query;
  return (
    <>
      {failed && (
        <div style={{ marginBottom: 16 }}>
          <ErrorPanel error={query.error} what={t("analytics.theBoard")} onRetry={() => query.refetch()} />
        </div>
      )}
      {data?.summary?.partial && (
        <output className={classes.partial}>
          <span>{t("analytics.partial")}</span>
        </output>
      )}
      {data ? (
        <div className={classes.grid} aria-busy={query.isFetching}>
          {props.children(data)}
        </div>
      ) : (
        !failed && <Placeholder cards={props.cards} visible={skeleton} />
      )}
    </>
  );
}

function Placeholder({ cards, visible }: { readonly cards: number; readonly visible: boolean }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: an output element is for results
    <div className={classes.grid} role="status" aria-label={t("common.loading")} aria-busy="true">
      {Array.from({ length: cards }, (_, index) => `card-${index}`).map((key) => (
        <Paper key={key} className={classes.card} style={{ visibility: visible ? "visible" : "hidden" }}>
          <Skeleton height={14} width="45%" />
          <Skeleton height={30} width={110} />
          <Skeleton height={224} />
          <Skeleton height={10} width="30%" />
        </Paper>
      ))}
    </div>
  );
}
