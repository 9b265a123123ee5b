import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useDelayed } from "../lib/use-delayed.ts";
import { type Column, DataTable } from "./data-table.tsx";
import { ErrorPanel } from "./error-panel.tsx";

/** What a list needs of a paged query. */
export interface PagedQuery {
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly error: unknown;
  readonly hasNextPage?: boolean;
  readonly isFetchingNextPage?: boolean;
  readonly refetch: () => unknown;
  readonly fetchNextPage?: () => unknown;
}

/** A list in each of its states: loading, failed, none yet, none match, rows, and rows that went stale. */
export function ListPanel<Row>(props: {
  readonly query: PagedQuery;
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly card: (row: Row) => ReactNode;
  /** For a screen reader and for "could not load …". */
  readonly what: string;
  readonly total?: bigint | number | undefined;
  /** True when filters are set, so that an empty answer means "none match". */
  readonly filtered?: boolean;
  readonly onClearFilters?: () => void;
  readonly empty: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { query, rows } = props;
  const skeleton = useDelayed(query.isPending, 200);
  if (query.error && !rows) return <ErrorPanel error={query.error} what={props.what} onRetry={() => query.refetch()} />;
  if (!rows) return skeleton ? <DataTable {...props} rows={undefined} label={props.what} /> : null;
  if (rows.length === 0)
    return props.filtered ? (
      <Paper p="xl" style={{ borderStyle: "dashed" }}>
        <Stack align="center" gap="sm">
          <Text c="dimmed">{t("list.noneMatch")}</Text>
          <Button variant="default" onClick={props.onClearFilters}>
            {t("list.clearFilters")}
          </Button>
        </Stack>
      </Paper>
    ) : (
      props.empty
    );
  const total = Number(props.total ?? 0n);
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Stack gap="xs">
      {query.error !== null && query.error !== undefined && (
        <ErrorPanel error={query.error} what={props.what} onRetry={() => query.refetch()} />
      )}
      <DataTable {...props} rows={rows} label={props.what} busy={query.isFetching} />
      <Group justify="space-between">
        <Text fz="xs" c="dimmed" role="status">
          {total > 0
            ? t("list.shownOf", { shown: number(rows.length), total: number(total) })
            : t("list.shown", { shown: number(rows.length) })}
        </Text>
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage ?? false} onClick={() => query.fetchNextPage?.()}>
            {t("list.more")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
