import type { GetStatementResponse } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { Badge, Code, Drawer, Group, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { useStatement } from "../api/statements.ts";
import { curlOf, statementUrl } from "../statement/equivalent-request.ts";
import { attachmentsOf, readSentence } from "../statement/read-sentence.ts";
import type { StatementFilters } from "../statement/statement-filters.ts";
import { AttachmentList } from "./attachment-list.tsx";
import { CodeLine } from "./code-line.tsx";
import { SentenceText } from "./sentence-text.tsx";
import { StatementFacts } from "./statement-facts.tsx";
import { VoidDialog } from "./void-dialog.tsx";

interface DrawerProps {
  readonly id: string;
  readonly endpoint: string;
  readonly onClose: () => void;
  /** Opens another statement. */
  readonly onOpen: (id: string) => void;
  /** Filters the list by one thing of this statement. */
  readonly onFilter: (filters: StatementFilters) => void;
}

/** One statement whole: what it says, what belongs to it, its JSON. */
export function StatementDrawer(props: DrawerProps) {
  const { t } = useTranslation();
  const query = useStatement(props.id);
  return (
    <Drawer
      opened
      onClose={props.onClose}
      size="lg"
      title={t("statements.one")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {query.error ? (
        <ErrorPanel error={query.error} what={t("statements.thisOne")} onRetry={() => query.refetch()} />
      ) : query.data ? (
        <StatementContent {...props} answer={query.data} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Drawer>
  );
}

function StatementContent({ answer, ...props }: DrawerProps & { readonly answer: GetStatementResponse }) {
  const { t, i18n } = useTranslation();
  const [voiding, dialog] = useDisclosure(false);
  const row = answer.statement;
  if (!row) return null;
  const sentence = readSentence(row.json, i18n.language);
  const attachments = sentence ? attachmentsOf(sentence.statement) : [];
  return (
    <Stack>
      <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
        <Title order={2} style={{ overflowWrap: "anywhere", minWidth: 0 }} fw={400}>
          <SentenceText json={row.json} />
        </Title>
        {row.voided && <Badge style={{ flex: "none" }}>{t("statements.voided")}</Badge>}
      </Group>
      {sentence && <StatementFacts {...props} sentence={sentence} row={row} registration={answer.registration} />}
      {attachments.length > 0 && (
        <section aria-label={t("statements.attachments")}>
          <Title order={3} mb={6}>
            {t("statements.attachments")}
          </Title>
          <AttachmentList attachments={attachments} hashes={row.attachmentHashes} />
        </section>
      )}
      <CodeLine label={t("statements.requestCurl")} value={curlOf(statementUrl(props.endpoint, row.id, row.voided))} />
      <section aria-label={t("statements.json")}>
        <Group justify="space-between" mb={4}>
          <Title order={3}>{t("statements.json")}</Title>
          <CopyButton value={pretty(row.json)} label={t("common.copyNamed", { name: t("statements.json") })} />
        </Group>
        <Code
          block
          tabIndex={0}
          role="region"
          aria-label={t("statements.json")}
          style={{ maxHeight: 420, overflow: "auto" }}
          data-json
        >
          {pretty(row.json)}
        </Code>
      </section>
      {!row.voided && !sentence?.voids && (
        <Group>
          <GuardedButton
            scope="lrs:admin"
            variant="default"
            leftSection={<IconEyeOff size={16} />}
            onClick={dialog.open}
          >
            {t("statements.void")}
          </GuardedButton>
        </Group>
      )}
      {voiding && <VoidDialog id={row.id} json={row.json} onClose={dialog.close} />}
    </Stack>
  );
}

/** Indented; what cannot be read stays as it is. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
