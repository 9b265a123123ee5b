import type { ResultView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { DurationText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";

/** Status, score and time of a result on one line; says in words that there is none. */
export function ResultText({ result, none }: { readonly result: ResultView | undefined; readonly none: string }) {
  if (!result)
    return (
      <Text span fz="sm" c="dimmed">
        {none}
      </Text>
    );
  return (
    <Group gap={12} wrap="wrap">
      <StatusBadges completion={result.completion} success={result.success} />
      <Text span fz="sm">
        <ScoreText result={result} />
      </Text>
      <Text span fz="sm">
        <DurationText seconds={result.totalSeconds} />
      </Text>
    </Group>
  );
}

/** A score, absent without one. A raw score without bounds stands for itself. */
export function ScoreText({ result }: { readonly result: ResultView | undefined }) {
  const { i18n } = useTranslation();
  if (!result) return <span>—</span>;
  const { scoreScaled, scoreRaw, scoreMax } = result;
  if (scoreScaled !== undefined)
    return <span>{formatScore({ scaled: scoreScaled, raw: scoreRaw, max: scoreMax })}</span>;
  return <span>{scoreRaw === undefined ? "—" : scoreRaw.toLocaleString(i18n.language)}</span>;
}
