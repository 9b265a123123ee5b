import type { CallRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Button } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../../lib/use-phone.ts";
import { CallLine } from "./call-row.tsx";
import classes from "./journal.module.css";
import type { JournalRow } from "./journal-rows.ts";
import { firstVisible, rowOffsets } from "./row-offsets.ts";

const HEADER = 28;

/** The list. Only rows near the view are in the document, so ten thousand calls scroll as easily as ten. */
export function CallTable(props: {
  readonly calls: readonly CallRow[];
  readonly rows: readonly JournalRow[];
  readonly index: number;
  readonly launchNumber: (launchId: string) => number;
  readonly onSelect: (index: number) => void;
  readonly onUnfold: (from: number) => void;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { ref: sizeRef, height } = useElementSize<HTMLElement>();
  const box = useRef<HTMLElement>(null);
  const ref = useMergedRef(sizeRef, box);
  const [scroll, setScroll] = useState(0);
  const { rows, calls, index } = props;
  const head = phone ? 0 : HEADER;
  const offsets = rowOffsets(rows, phone ? 48 : 28, 28);
  const from = Math.max(0, firstVisible(offsets, scroll) - 8);
  const to = Math.min(rows.length, firstVisible(offsets, scroll + height) + 10);
  const selectedRow = rows.findIndex((row) =>
    row.kind === "call"
      ? row.index === index
      : row.kind === "fold" && index >= row.from && index < row.from + row.count,
  );
  const selectedTop = offsets[selectedRow];
  useEffect(() => {
    const element = box.current;
    if (!element || selectedTop === undefined) return;
    const above = selectedTop < element.scrollTop;
    const below = selectedTop + head + 28 > element.scrollTop + element.clientHeight;
    if (above || below) element.scrollTop = Math.max(0, selectedTop - element.clientHeight / 2);
  }, [selectedTop, head]);
  const headers = ["seq", "time", "gap", "activity", "call", "element", "value", "result"] as const;
  return (
    <section
      ref={ref}
      className={classes.list}
      aria-label={t("journal.list")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
    >
      <table
        aria-label={t("journal.list")}
        aria-rowcount={rows.length + 1}
        className={classes.calls}
        style={{ height: (offsets.at(-1) ?? 0) + head }}
      >
        <thead>
          <tr aria-rowindex={1} className={classes.header}>
            {headers.map((name) => (
              <th key={name} scope="col" style={name === "seq" || name === "gap" ? { textAlign: "end" } : undefined}>
                {t(`journal.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(from, to).map((row, place) => {
            const top = (offsets[from + place] ?? 0) + head;
            const rowIndex = from + place + 2;
            if (row.kind === "call") {
              const call = calls[row.index];
              return (
                call && (
                  <CallLine
                    key={`call-${row.index}`}
                    call={call}
                    index={row.index}
                    gap={row.gap}
                    current={row.index === index}
                    phone={phone}
                    top={top}
                    rowIndex={rowIndex}
                    onSelect={props.onSelect}
                  />
                )
              );
            }
            const key =
              row.kind === "launch"
                ? `launch-${row.launchId}`
                : row.kind === "fold"
                  ? `fold-${row.from}`
                  : `missing-${row.after}`;
            return (
              <tr
                key={key}
                aria-rowindex={rowIndex}
                className={classes[row.kind]}
                style={{ insetBlockStart: top }}
                data-current={from + place === selectedRow || undefined}
              >
                <td colSpan={8}>
                  {row.kind === "launch" && t("launches.number", { number: props.launchNumber(row.launchId) })}
                  {row.kind === "missing" && t("journal.missing", { count: row.count })}
                  {row.kind === "fold" && (
                    <Button variant="subtle" color="gray" size="compact-xs" onClick={() => props.onUnfold(row.from)}>
                      {t("journal.folded", { what: row.label })}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
