import { Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../../lib/use-phone.ts";
import { PAGE_SIZE } from "../api/statements.ts";
import { curlOf, statementsUrl } from "../statement/equivalent-request.ts";
import type { StatementFilters } from "../statement/statement-filters.ts";
import { CodeLine } from "./code-line.tsx";

/** The request that answers with what the page shows; it changes with the filters. Folded on a phone. */
export function RequestPanel({ endpoint, filters }: { readonly endpoint: string; readonly filters: StatementFilters }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const url = statementsUrl(endpoint, filters, PAGE_SIZE);
  const lines = (
    <Stack gap={phone ? 6 : 2}>
      <CodeLine label={t("statements.requestUrl")} value={url} beside={!phone} />
      <CodeLine label={t("statements.requestCurl")} value={curlOf(url)} beside={!phone} />
    </Stack>
  );
  return (
    <Paper component="section" px="sm" py={6} mb="sm" aria-label={t("statements.request")} bg="var(--cm-surface)">
      {phone ? (
        <details>
          <Text component="summary" fz="sm" py={4} style={{ cursor: "pointer" }}>
            {t("statements.request")}
          </Text>
          {lines}
        </details>
      ) : (
        lines
      )}
    </Paper>
  );
}
