import type { DeploymentRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Textarea } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeDeployments } from "../api/deployments.ts";

/** Suspends a deployment after asking, or lets it launch again. */
export function SuspendButton({ deployment }: { readonly deployment: DeploymentRow }) {
  const { t, i18n } = useTranslation();
  const { suspend } = useChangeDeployments();
  const [asking, setAsking] = useState(false);
  const { id, lmsDomain } = deployment;
  if (deployment.status === "suspended")
    return (
      <GuardedButton
        scope="dispatch:write"
        leftSection={<IconPlayerPlay size={16} />}
        loading={suspend.isPending}
        onClick={() =>
          suspend.mutate(
            { id, suspended: false },
            {
              onSuccess: () => notifyDone(t("dispatchResults.allowed")),
              onError: (error) => notifyFailed(t("dispatchResults.notChanged"), error),
            },
          )
        }
      >
        {t("dispatchResults.allow")}
      </GuardedButton>
    );
  return (
    <>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        leftSection={<IconPlayerPause size={16} />}
        onClick={() => setAsking(true)}
      >
        {t("dispatchResults.suspend")}
      </GuardedButton>
      {asking && (
        <ConfirmDialog
          title={t("dispatchResults.suspendTitle", { name: lmsDomain })}
          verb={t("dispatchResults.suspend")}
          failure={t("dispatchResults.thisDeployment")}
          onClose={() => setAsking(false)}
          onConfirm={() => suspend.mutateAsync({ id, suspended: true })}
        >
          {t("dispatchResults.suspendText", {
            count: Number(deployment.uniqueLearnerCount),
            formatted: deployment.uniqueLearnerCount.toLocaleString(i18n.language),
          })}
        </ConfirmDialog>
      )}
    </>
  );
}

/** What colleagues should know of this place. */
export function DeploymentNotes({ deployment }: { readonly deployment: DeploymentRow }) {
  const { t } = useTranslation();
  const { note } = useChangeDeployments();
  const mayWrite = useCan("dispatch:write");
  // Until something is typed the field shows what there is, also when somebody else changes it.
  const [draft, setDraft] = useState<string>();
  const { id, etag, notes } = deployment;
  const text = draft ?? notes;
  const save = async () => {
    await note.mutateAsync({ id, notes: text, etag });
    setDraft(undefined);
    notifyDone(t("dispatchResults.notesSaved"));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // What failed is shown below the field.
        save().catch(() => undefined);
      }}
    >
      <Stack gap="xs">
        <Textarea
          aria-label={t("dispatchResults.notes")}
          placeholder={t("dispatchResults.notesHint")}
          value={text}
          readOnly={!mayWrite}
          maxLength={10_000}
          autosize
          minRows={2}
          maxRows={12}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        {note.error && <ErrorPanel error={note.error} what={t("dispatchResults.notes")} />}
        <Group justify="flex-end">
          <GuardedButton
            scope="dispatch:write"
            type="submit"
            variant="default"
            loading={note.isPending}
            disabled={text === notes}
          >
            {t("dispatchResults.saveNotes")}
          </GuardedButton>
        </Group>
      </Stack>
    </form>
  );
}
