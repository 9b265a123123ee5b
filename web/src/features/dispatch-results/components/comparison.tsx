import type { SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CompletionBadge, SuccessBadge } from "../../../components/status-badge.tsx";
import { DurationText, TimeText } from "../../../components/time-text.tsx";
import { ScoreText } from "./result-text.tsx";

/** What we have beside what the host has taken, line by line. */
export function Comparison({ session }: { readonly session: SessionRow }) {
  const { t } = useTranslation();
  const { ours, theirs } = session;
  const lines = [
    [
      "completion",
      ours && <CompletionBadge value={ours.completion} />,
      theirs && <CompletionBadge value={theirs.completion} />,
    ],
    ["success", ours && <SuccessBadge value={ours.success} />, theirs && <SuccessBadge value={theirs.success} />],
    ["score", <ScoreText key="ours" result={ours} />, <ScoreText key="theirs" result={theirs} />],
    [
      "time",
      ours && <DurationText seconds={ours.totalSeconds} />,
      theirs && <DurationText seconds={theirs.totalSeconds} />,
    ],
    [
      "last",
      <TimeText key="ours" time={session.lastActivityTime} />,
      <TimeText key="theirs" time={theirs?.time ?? 0n} />,
    ],
  ] as const;
  return (
    <Table verticalSpacing={6} horizontalSpacing="sm" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          <Table.Th scope="col">{t("dispatchResults.here")}</Table.Th>
          <Table.Th scope="col">{t("dispatchResults.there")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(([key, here, there]) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400} c="dimmed">
              {t(`dispatchResults.line_${key}`)}
            </Table.Th>
            <Table.Td>{here ?? "—"}</Table.Td>
            <Table.Td>{there ?? "—"}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
