import type { SigningKeyRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { IdText } from "../../../components/copy-button.tsx";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeSigningKeys, useSigningKeys } from "../api/operations.ts";

/** Keys that packages and launches are checked with. */
export function DispatchSettingsPage() {
  const { t, i18n } = useTranslation();
  const query = useSigningKeys();
  const { rotate, revoke } = useChangeSigningKeys();
  const mayWrite = useCan("dispatch:write");
  const [asked, setAsked] = useState<"rotate" | SigningKeyRow>();
  const keys = query.data?.signingKeys;
  const state = (key: SigningKeyRow) =>
    t(key.revoked ? "dispatch.keyRevoked" : key.current ? "dispatch.keyCurrent" : "dispatch.keyOld");
  const packages = ({ packageCount }: SigningKeyRow) => packageCount.toLocaleString(i18n.language);
  const action = (key: SigningKeyRow) =>
    mayWrite &&
    !key.current &&
    !key.revoked && (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("dispatch.actionOf", { action: t("dispatch.revokeVerb"), name: key.id })}
        onClick={() => setAsked(key)}
      >
        {t("dispatch.revokeVerb")}
      </Button>
    );
  return (
    <DispatchLayout>
      <Panel
        title={t("dispatch.keys")}
        aside={
          <GuardedButton scope="dispatch:write" leftSection={<IconKey size={16} />} onClick={() => setAsked("rotate")}>
            {t("dispatch.rotateKey")}
          </GuardedButton>
        }
      >
        <Stack gap="sm">
          <Text fz="sm" c="dimmed" maw="72ch">
            {t("dispatch.keysText")}
          </Text>
          <ListPanel
            query={query}
            rows={keys}
            rowKey={({ id }) => id}
            what={t("dispatch.listOf", { name: t("dispatch.keys") })}
            empty={<EmptyState title={t("dispatch.noKeys")} text={t("dispatch.noKeysText")} />}
            card={(key) => (
              <Stack gap={4}>
                <IdText id={key.id} />
                <Text fz="sm">
                  {state(key)} · {t("dispatch.keyPackages", { count: Number(key.packageCount) })}
                </Text>
                {action(key)}
              </Stack>
            )}
            columns={[
              { key: "id", header: t("dispatch.key"), cell: ({ id }) => <IdText id={id} /> },
              { key: "state", header: t("dispatch.status"), cell: state },
              { key: "packages", header: t("dispatch.packages"), numeric: true, cell: packages },
              {
                key: "made",
                header: t("dispatch.made"),
                cell: ({ createTime }) => <TimeText time={createTime} absolute />,
              },
              { key: "use", header: t("dispatch.lastUse"), cell: ({ lastUseTime }) => <TimeText time={lastUseTime} /> },
              {
                key: "end",
                header: t("dispatch.ended"),
                cell: ({ revokeTime }) => <TimeText time={revokeTime} absolute />,
              },
              { key: "actions", header: t("common.actions"), cell: action },
            ]}
          />
        </Stack>
      </Panel>
      {asked === "rotate" && (
        <ConfirmDialog
          title={t("dispatch.rotateKeyTitle")}
          verb={t("dispatch.rotateKey")}
          failure={t("dispatch.theKey")}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await rotate.mutateAsync({ requestId: crypto.randomUUID() });
            notifyDone(t("dispatch.keyMade"));
          }}
        >
          {t("dispatch.rotateKeyText")}
        </ConfirmDialog>
      )}
      {asked !== undefined && asked !== "rotate" && (
        <ConfirmDialog
          title={t("dispatch.revokeKeyTitle", { count: Number(asked.packageCount) })}
          verb={t("dispatch.revokeVerb")}
          typedName={asked.id.slice(0, 8)}
          failure={t("dispatch.theKey")}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await revoke.mutateAsync({ id: asked.id });
            notifyDone(t("dispatch.keyEnded"));
          }}
        >
          {t("dispatch.revokeKeyText", { count: Number(asked.packageCount) })}
        </ConfirmDialog>
      )}
    </DispatchLayout>
  );
}
