import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { IconChecks, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useChangeSessions } from "../api/sessions.ts";

/** Tells a result again, or says that it was settled otherwise. `learner` tells apart the buttons of a list. */
export function ResultActions({ sessionId, learner }: { readonly sessionId: string; readonly learner: string }) {
  const { t } = useTranslation();
  const { resend } = useChangeSessions();
  const [settling, setSettling] = useState(false);
  // A row that is taken meanwhile leaves its list, and what it said of the mutation with it; the promise stays.
  const tell = () =>
    resend.mutateAsync({ requestId: crypto.randomUUID(), sessionId }).then(
      ({ sent }) => notifyDone(t(sent ? "dispatchResults.resent" : "dispatchResults.resentLater")),
      (error: unknown) => notifyFailed(t("dispatchResults.resendFailed"), error),
    );
  return (
    <Group gap={6} wrap="nowrap">
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        size="compact-sm"
        leftSection={<IconSend size={14} />}
        loading={resend.isPending}
        aria-label={t("dispatchResults.actionOf", { action: t("dispatchResults.resend"), learner })}
        onClick={() => void tell()}
      >
        {t("dispatchResults.resend")}
      </GuardedButton>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        size="compact-sm"
        leftSection={<IconChecks size={14} />}
        aria-label={t("dispatchResults.actionOf", { action: t("dispatchResults.settle"), learner })}
        onClick={() => setSettling(true)}
      >
        {t("dispatchResults.settle")}
      </GuardedButton>
      {settling && <SettleDialog sessionId={sessionId} learner={learner} onClose={() => setSettling(false)} />}
    </Group>
  );
}

function SettleDialog(props: { readonly sessionId: string; readonly learner: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { settle } = useChangeSessions();
  const [note, setNote] = useState("");
  const { sessionId, onClose } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("dispatchResults.settleTitle", { learner: props.learner })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          settle.mutate({ sessionId, note: note.trim() }, { onSuccess: onClose });
        }}
      >
        <Stack>
          <Text fz="sm">{t("dispatchResults.settleText")}</Text>
          <Textarea
            label={t("dispatchResults.note")}
            description={t("dispatchResults.settleNoteHint")}
            value={note}
            maxLength={1000}
            autosize
            minRows={2}
            data-autofocus
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {settle.error && <ErrorPanel error={settle.error} what={t("dispatchResults.thisResult")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={settle.isPending}>
              {t("dispatchResults.settle")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
