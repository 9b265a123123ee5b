import type { ReplayRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

const SCOPES = ["failed", "missing", "all"] as const;
export const REPLAY_SCOPES = SCOPES;

/** Which events a replay is for, in words. */
export function useScopeText(): (scope: string) => string {
  const { t } = useTranslation();
  return (scope) => {
    const known = SCOPES.find((one) => one === scope);
    return known ? t(`webhooks.scope_${known}`) : scope;
  };
}

/** How many of how many, delivered and failed. */
export function ReplayProgress({ replay }: { readonly replay: ReplayRow }) {
  const { t, i18n } = useTranslation();
  const total = Number(replay.totalCount);
  const delivered = Number(replay.deliveredCount);
  const failed = Number(replay.failedCount);
  const number = (value: number) => value.toLocaleString(i18n.language);
  const share = (value: number) => (total > 0 ? Math.min(100, (value / total) * 100) : 0);
  const text = t("webhooks.progressText", {
    delivered: number(delivered),
    failed: number(failed),
    total: number(total),
  });
  return (
    <Stack gap={4} miw={180}>
      <Progress.Root size="sm">
        <Progress.Section
          value={share(delivered)}
          color="var(--cm-passed-fill)"
          aria-label={t("webhooks.state_delivered")}
        />
        <Progress.Section value={share(failed)} color="var(--cm-failed-fill)" aria-label={t("webhooks.state_failed")} />
      </Progress.Root>
      <Text fz="xs" c="dimmed">
        {text}
      </Text>
    </Stack>
  );
}
