import type { StatementRow } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { nameOfAgent } from "../statement/agent-text.ts";
import { readSentence } from "../statement/read-sentence.ts";
import { ResultText } from "./result-text.tsx";
import { SentenceButton } from "./sentence-text.tsx";

/** Columns of the list of statements. */
export function useStatementColumns(onOpen: (id: string) => void): Column<StatementRow>[] {
  const { t, i18n } = useTranslation();
  const statementOf = (row: StatementRow) => readSentence(row.json, i18n.language)?.statement;
  return [
    { key: "sentence", header: t("statements.one"), cell: (row) => <SentenceButton row={row} onOpen={onOpen} /> },
    {
      key: "result",
      header: t("statements.result"),
      cell: (row) => <ResultText result={statementOf(row)?.result} />,
    },
    { key: "stored", header: t("statements.stored"), cell: (row) => <TimeText time={row.stored} /> },
    {
      key: "authority",
      header: t("statements.authority"),
      cell: (row) => {
        const authority = statementOf(row)?.authority;
        if (!authority) return "—";
        const name = nameOfAgent(authority);
        return (
          <code style={{ whiteSpace: "nowrap" }} title={`${name}\n${authority.account?.homePage ?? ""}`}>
            {shortId(name)}
          </code>
        );
      },
    },
    { key: "id", header: t("statements.id"), cell: (row) => <IdText id={row.id} /> },
  ];
}

/** The same statement on a phone: the sentence, then result and time. */
export function StatementCard({ row, onOpen }: { readonly row: StatementRow; readonly onOpen: (id: string) => void }) {
  const { i18n } = useTranslation();
  const result = readSentence(row.json, i18n.language)?.statement.result;
  return (
    <Stack gap={4}>
      <SentenceButton row={row} onOpen={onOpen} />
      <Group justify="space-between" fz="sm" gap="xs">
        {result ? <ResultText result={result} /> : <span />}
        <TimeText time={row.stored} />
      </Group>
    </Stack>
  );
}
