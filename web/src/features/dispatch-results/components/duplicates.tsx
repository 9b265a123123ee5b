import type { SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangeSessions } from "../api/sessions.ts";
import { LearnerName } from "./learner-name.tsx";
import { ResultText } from "./result-text.tsx";

/** Sessions under the same name: one person whom the host may have named twice. Nothing when there are none. */
export function Duplicates(props: { readonly session: SessionRow; readonly duplicates: readonly SessionRow[] }) {
  const { t } = useTranslation();
  const { merge } = useChangeSessions();
  const [chosen, setChosen] = useState<SessionRow>();
  const { session, duplicates } = props;
  if (duplicates.length === 0) return null;
  return (
    <Panel title={t("dispatchResults.duplicates")}>
      <Text fz="sm" c="dimmed" mb="sm" maw="72ch">
        {t("dispatchResults.duplicatesCause")}
      </Text>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {duplicates.map((duplicate) => (
          <Group key={duplicate.id} component="li" gap="md" justify="space-between">
            <LearnerName session={duplicate} />
            <ResultText result={duplicate.ours} none={t("dispatchResults.noResult")} />
            <TimeText time={duplicate.lastActivityTime} />
            <GuardedButton
              scope="dispatch:write"
              variant="default"
              size="compact-sm"
              leftSection={<IconArrowMerge size={14} />}
              aria-label={t("dispatchResults.actionOf", {
                action: t("dispatchResults.merge"),
                learner: duplicate.learnerId,
              })}
              onClick={() => setChosen(duplicate)}
            >
              {t("dispatchResults.merge")}
            </GuardedButton>
          </Group>
        ))}
      </Stack>
      {chosen && (
        <ConfirmDialog
          title={t("dispatchResults.mergeTitle", { duplicate: chosen.learnerId, kept: session.learnerId })}
          verb={t("dispatchResults.merge")}
          failure={t("dispatchResults.thisSession")}
          onClose={() => setChosen(undefined)}
          onConfirm={() =>
            merge.mutateAsync({ requestId: crypto.randomUUID(), id: session.id, duplicateId: chosen.id })
          }
        >
          {t("dispatchResults.mergeText")}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
