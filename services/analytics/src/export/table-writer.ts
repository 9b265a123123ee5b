import { ExportFormat } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";

/** A cell: text, number, or nothing. */
export type Cell = string | number | bigint | boolean | null;

/** Rows of a file, the first time with the names of its columns. */
export interface TableWriter {
  head(): string;
  row(cells: readonly Cell[]): string;
}

/** @param columns names of columns, the same in every language, as programs read them. @param locale for numbers; empty: as in JSON. */
export function tableWriter(format: ExportFormat, columns: readonly string[], locale: string): TableWriter {
  if (format === ExportFormat.NDJSON)
    return {
      head: () => "",
      row: (cells) =>
        `${JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, plain(cells[index] ?? null)])))}\n`,
    };
  const numbers =
    locale === "" ? undefined : new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 });
  const text = (cell: Cell): string => {
    if (cell === null) return "";
    if (typeof cell === "number" || typeof cell === "bigint") return quoted(numbers?.format(cell) ?? String(cell));
    return typeof cell === "boolean" ? String(cell) : quoted(defused(cell));
  };
  const line = (cells: readonly Cell[]): string => `${cells.map(text).join(",")}\r\n`;
  return { head: () => line(columns), row: line };
}

const plain = (cell: Cell): string | number | boolean | null => (typeof cell === "bigint" ? Number(cell) : cell);

/** A spreadsheet takes text for text that begins with an apostrophe. */
function defused(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
