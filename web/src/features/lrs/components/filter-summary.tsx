import { useTranslation } from "react-i18next";
import type { StatementFilters } from "../statement/statement-filters.ts";

/** "Verb: …passed · Person: ana@example.com"; "all statements" without filters. */
export function FilterSummary({ filters }: { readonly filters: StatementFilters }) {
  const { t } = useTranslation();
  const parts = (["agent", "verb", "activity", "registration"] as const).flatMap((key) => {
    const value = filters[key];
    return value ? [`${t(`statements.${key}`)}: ${value}`] : [];
  });
  return <span style={{ overflowWrap: "anywhere" }}>{parts.join(" · ") || t("pipes.allStatements")}</span>;
}
