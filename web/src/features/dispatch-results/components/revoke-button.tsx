import type { SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { IconBan } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { useChangeSessions } from "../api/sessions.ts";
import { learnerText } from "./learner-name.tsx";

/** Ends a learner's access after asking. */
export function RevokeButton({ session }: { readonly session: SessionRow }) {
  const { t } = useTranslation();
  const { revoke } = useChangeSessions();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        size="compact-sm"
        leftSection={<IconBan size={14} />}
        onClick={() => setAsking(true)}
      >
        {t("dispatchResults.revoke")}
      </GuardedButton>
      {asking && (
        <ConfirmDialog
          title={t("dispatchResults.revokeTitle", { learner: learnerText(session) })}
          verb={t("dispatchResults.revoke")}
          failure={t("dispatchResults.thisSession")}
          onClose={() => setAsking(false)}
          onConfirm={() => revoke.mutateAsync({ id: session.id })}
        >
          {t("dispatchResults.revokeText")}
        </ConfirmDialog>
      )}
    </>
  );
}
