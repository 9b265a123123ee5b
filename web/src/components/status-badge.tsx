import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusGlyph, type StatusKind } from "./status-glyph.tsx";

const COLOUR: Record<StatusKind, string> = {
  complete: "var(--cm-complete)",
  incomplete: "var(--cm-incomplete)",
  not_attempted: "var(--cm-not-attempted)",
  passed: "var(--cm-passed)",
  failed: "var(--cm-failed)",
  unknown: "var(--cm-unknown)",
};

/** Whether it was gone through: circle, word, colour. */
export function CompletionBadge({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  const kind = completionKind(value);
  return <Badge kind={kind} shape="circle" word={t(`status.completion.${kind}`)} />;
}

/** Whether it was mastered: shield, word, colour. */
export function SuccessBadge({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  const kind = successKind(value);
  return <Badge kind={kind} shape="shield" word={t(`status.success.${kind}`)} />;
}

/** Both, always in this order. */
export function StatusBadges({ completion, success }: { readonly completion: string; readonly success: string }) {
  return (
    <Group gap={12} wrap="nowrap">
      <CompletionBadge value={completion} />
      <SuccessBadge value={success} />
    </Group>
  );
}

/** Any word that is not known shows as unknown, never as a result. */
export function completionKind(value: string): "complete" | "incomplete" | "not_attempted" | "unknown" {
  return value === "complete" || value === "incomplete" || value === "not_attempted" ? value : "unknown";
}

export function successKind(value: string): "passed" | "failed" | "unknown" {
  return value === "passed" || value === "failed" ? value : "unknown";
}

function Badge({
  kind,
  shape,
  word,
}: {
  readonly kind: StatusKind;
  readonly shape: "circle" | "shield";
  readonly word: string;
}) {
  return (
    <Group component="span" gap={5} wrap="nowrap" c={COLOUR[kind]} fz="sm" fw={500} style={{ whiteSpace: "nowrap" }}>
      <StatusGlyph kind={kind} shape={shape} />
      <span>{word}</span>
    </Group>
  );
}
