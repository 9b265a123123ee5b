import type { EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { useTranslation } from "react-i18next";

const DAY_MS = 86_400_000;

/** Share of deliveries that arrived in 24 hours, of those that ended: "98.5 %"; a dash when none did. */
export function useSuccessText(): (endpoint: EndpointRow) => string {
  const { i18n } = useTranslation();
  return ({ deliveredCount, failedCount }) => {
    const all = Number(deliveredCount + failedCount);
    if (all === 0) return "—";
    const share = Number(deliveredCount) / all;
    // What is not all must not look like all.
    const shown = share < 1 ? Math.min(share, 0.999) : share;
    return shown.toLocaleString(i18n.language, { style: "percent", maximumFractionDigits: 1 });
  };
}

/** Types in words: all, or their names. */
export function useTypesText(): (types: readonly string[]) => string {
  const { t } = useTranslation();
  return (types) => (types.length === 0 ? t("webhooks.allTypes") : types.join(", "));
}

/** Whole days since a time. */
export function daysSince(time: bigint): number {
  return Math.max(0, Math.floor((Date.now() - Number(time)) / DAY_MS));
}
