import type { TermsView, UsageView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** From here on a licence is nearly used up. */
export const NEAR = 0.8;

/** Learners counted against the limit, in words and as a bar; without a limit only words. */
export function UsageBar(props: {
  readonly usage: UsageView | undefined;
  readonly terms: TermsView | undefined;
  readonly name: string;
  readonly width?: number | string;
}) {
  const { t, i18n } = useTranslation();
  const { usage, terms, name } = props;
  if (!usage) return <span>—</span>;
  const used = Number(usage.used);
  const limit = terms?.usageLimit ?? 0;
  const number = (value: number) => value.toLocaleString(i18n.language);
  if (limit === 0)
    return (
      <Text span fz="sm">
        {t("dispatch.usedUnlimited", { used: number(used) })}
      </Text>
    );
  const share = Math.min(1, used / limit);
  const text = t("dispatch.usedOf", { used: number(used), limit: number(limit) });
  return (
    <div style={{ width: props.width ?? 150, maxWidth: "100%" }}>
      <Text fz="sm" mb={2}>
        {text}
      </Text>
      <Progress.Root size={8}>
        <Progress.Section
          value={share * 100}
          color={
            share >= 1
              ? "var(--cm-failed-fill)"
              : share >= NEAR
                ? "var(--cm-incomplete-fill)"
                : "var(--cm-complete-fill)"
          }
          aria-label={t("dispatch.usageOf", { name })}
          aria-valuetext={text}
        />
      </Progress.Root>
    </div>
  );
}
