import type { LicenceRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { useTranslation } from "react-i18next";
import { projectedRunOut } from "../form/run-out.ts";

/** "Full around 12 Jan 2027", when that can be said. */
export function useRunOutText(): (licence: LicenceRow) => string {
  const { t, i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", year: "numeric" });
  return ({ usage, terms, countStartTime }) => {
    const limit = terms?.usageLimit ?? 0;
    const used = Number(usage?.used ?? 0n);
    if (limit === 0) return t("dispatch.neverFull");
    if (used >= limit) return t("dispatch.fullNow");
    const end = projectedRunOut({ used, limit, since: Number(countStartTime), now: Date.now() });
    return end === undefined ? t("dispatch.noProjection") : t("dispatch.fullAround", { day: day.format(end) });
  };
}

/** What happens when the terms end, in words. */
export function useEndText(): (licence: LicenceRow) => string {
  const { t } = useTranslation();
  return ({ terms }) => t(terms?.revokeOnEnd ? "dispatch.atEndRevoke" : "dispatch.atEndFinish");
}
