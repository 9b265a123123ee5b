import { Paper, Skeleton, Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../lib/use-phone.ts";
import classes from "./data-table.module.css";

/** One column. A column that can be sorted says how it is sorted now. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  readonly width?: number | string;
  readonly sort?: { readonly direction: "ascending" | "descending" | "none"; readonly onSort: () => void };
}

const SKELETON_ROWS = 8;

/** Rows of 36 px with a sticky header on a desk, cards of two lines on a phone. Without `rows` it draws the skeleton of itself. */
export function DataTable<Row>(props: {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly card: (row: Row) => ReactNode;
  readonly label: string;
  readonly busy?: boolean;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  if (phone)
    return (
      <ul className={classes.cards} aria-label={props.label} aria-busy={props.busy || !props.rows}>
        {props.rows
          ? props.rows.map((row) => (
              <Paper key={props.rowKey(row)} component="li" p="sm">
                {props.card(row)}
              </Paper>
            ))
          : placeholders((key) => <Skeleton key={key} component="li" height={64} radius={6} />)}
      </ul>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={props.label} tabIndex={0}>
      <Table className={classes.table} aria-busy={props.busy || !props.rows} stickyHeader>
        <caption className="visually-hidden">{props.rows ? props.label : t("common.loading")}</caption>
        <Table.Thead>
          <Table.Tr>
            {props.columns.map((column) => (
              <HeaderCell key={column.key} column={column} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows
            ? props.rows.map((row) => (
                <Table.Tr key={props.rowKey(row)}>
                  {props.columns.map((column) => (
                    <Table.Td key={column.key} className={column.numeric ? "numbers" : undefined}>
                      {column.cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))
            : placeholders((key) => (
                <Table.Tr key={key}>
                  {props.columns.map((column) => (
                    <Table.Td key={column.key}>
                      <Skeleton height={10} width={column.numeric ? "40%" : "70%"} ms={column.numeric ? "auto" : 0} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function HeaderCell<Row>({ column }: { readonly column: Column<Row> }) {
  const { sort } = column;
  const Arrow = sort?.direction === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th
      scope="col"
      className={column.numeric ? "numbers" : undefined}
      w={column.width}
      {...(sort && { "aria-sort": sort.direction })}
    >
      {sort ? (
        <UnstyledButton className={classes.sort} onClick={sort.onSort}>
          {column.header}
          <Arrow size={12} style={{ visibility: sort.direction === "none" ? "hidden" : "visible" }} />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </Table.Th>
  );
}

function placeholders(draw: (key: string) => ReactNode): ReactNode[] {
  return Array.from({ length: SKELETON_ROWS }, (_, index) => draw(`placeholder-${index}`));
}
