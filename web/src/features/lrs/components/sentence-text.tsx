import type { StatementRow } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { Anchor, Badge, Group } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { shortId } from "../../../lib/format/ids.ts";
import { readSentence } from "../statement/read-sentence.ts";

/** "Ana Lee passed Quiz 2": actor, verb, object. */
export function SentenceText({ json }: { readonly json: string }) {
  const { t, i18n } = useTranslation();
  const sentence = readSentence(json, i18n.language);
  if (!sentence) return <span>{t("statements.unreadable")}</span>;
  const { actor, verb, object, target } = sentence;
  return (
    <span>
      <strong style={{ fontWeight: 600 }}>{actor || t("statements.anonymous")}</strong> {verb}{" "}
      <strong style={{ fontWeight: 600 }}>
        {target ? t("statements.statementNumber", { id: shortId(target) }) : object}
      </strong>
    </span>
  );
}

/** The sentence as a button that opens the statement, with what a reader must not miss. */
export function SentenceButton({ row, onOpen }: { readonly row: StatementRow; readonly onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap={8} wrap="nowrap" miw={220} maw={620}>
      <Anchor
        component="button"
        type="button"
        onClick={() => onOpen(row.id)}
        fz="sm"
        c="inherit"
        mih={24}
        ta="start"
        style={{ overflowWrap: "anywhere" }}
        data-statement={row.id}
      >
        <SentenceText json={row.json} />
      </Anchor>
      {row.voided && <Badge style={{ flex: "none" }}>{t("statements.voided")}</Badge>}
      {row.attachmentHashes.length > 0 && (
        <span title={t("statements.attachmentCount", { count: row.attachmentHashes.length })} style={{ flex: "none" }}>
          <IconPaperclip size={14} aria-hidden="true" />
          <span className="visually-hidden">
            {t("statements.attachmentCount", { count: row.attachmentHashes.length })}
          </span>
        </span>
      )}
    </Group>
  );
}
