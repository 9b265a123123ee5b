import type { Result } from "@coursemesh/xapi/statement.ts";
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CompletionBadge, SuccessBadge } from "../../../components/status-badge.tsx";

/** Success, completion and score of a statement's result; its response where there is nothing else. */
export function ResultText({ result }: { readonly result: Result | undefined }) {
  const { i18n } = useTranslation();
  if (!result) return <span>—</span>;
  const score = scoreText(result, i18n.language);
  const hasStatus = result.success !== undefined || result.completion !== undefined;
  if (!hasStatus && !score)
    return (
      <Text fz="sm" maw={220} truncate title={result.response}>
        {result.response ?? "—"}
      </Text>
    );
  return (
    <Group gap={8} wrap="nowrap">
      {result.completion !== undefined && <CompletionBadge value={result.completion ? "complete" : "incomplete"} />}
      {result.success !== undefined && <SuccessBadge value={result.success ? "passed" : "failed"} />}
      {score && <span style={{ whiteSpace: "nowrap" }}>{score}</span>}
    </Group>
  );
}

/** "92% (46/50)". */
function scoreText({ score }: Result, language: string): string {
  if (!score) return "";
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 2 });
  const raw =
    score.raw === undefined ? "" : number(score.raw) + (score.max === undefined ? "" : `/${number(score.max)}`);
  if (score.scaled === undefined) return raw;
  const scaled = score.scaled.toLocaleString(language, { style: "percent", maximumFractionDigits: 1 });
  return raw ? `${scaled} (${raw})` : scaled;
}
