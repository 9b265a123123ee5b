import { Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useVoidStatement } from "../api/statements.ts";
import { SentenceText } from "./sentence-text.tsx";

/** Says what voiding does and asks for a reason that is kept. */
export function VoidDialog(props: { readonly id: string; readonly json: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const voiding = useVoidStatement();
  const [requestId] = useState(() => crypto.randomUUID());
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      title={t("statements.voidTitle")}
      verb={t("statements.voidVerb")}
      failure={t("statements.one")}
      onClose={props.onClose}
      onConfirm={async () => {
        await voiding.mutateAsync({ requestId, id: props.id, note: note.trim() });
        notifyDone(t("statements.wasVoided"));
      }}
    >
      <Stack gap="sm">
        <Text fz="sm">
          “<SentenceText json={props.json} />”
        </Text>
        <Text fz="sm">{t("statements.voidText")}</Text>
        <Textarea
          label={t("statements.note")}
          description={t("statements.noteHint")}
          maxLength={1000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  );
}
