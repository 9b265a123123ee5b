import type { ApiKeyRow } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { IdText } from "../../../components/copy-button.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { PageTitle } from "../../../components/page-title.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useApiKeys, useChangeApiKeys } from "../api/api-keys.ts";
import { CreateKeyDialog } from "../components/create-key-dialog.tsx";
import { keyState } from "../key-state.ts";

/** Scopes named in the list; the others are counted, and all are in the tooltip. */
const SCOPES_SHOWN = 4;

/** Issue and retire access. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const keys = useApiKeys();
  const { revoke } = useChangeApiKeys();
  const mayWrite = useCan("key:write");
  const [creating, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiKeyRow>();
  const create = (
    <GuardedButton scope="key:write" leftSection={<IconKey size={16} />} onClick={dialog.open}>
      {t("apiKeys.create")}
    </GuardedButton>
  );
  const name = (key: ApiKeyRow) => {
    const state = keyState(key, Date.now());
    return (
      <Group gap={8} wrap="nowrap">
        <Text span fw={500} fz="sm">
          {key.name}
        </Text>
        {state !== "active" && <Badge style={{ flex: "none" }}>{t(`apiKeys.state_${state}`)}</Badge>}
      </Group>
    );
  };
  const scopes = (key: ApiKeyRow) => (
    <span title={key.scopes.join(" ")}>
      <code>{key.scopes.slice(0, SCOPES_SHOWN).join(" ")}</code>
      {key.scopes.length > SCOPES_SHOWN && ` +${key.scopes.length - SCOPES_SHOWN}`}
    </span>
  );
  const expires = (key: ApiKeyRow) =>
    key.expireTime > 0n ? <TimeText time={key.expireTime} absolute /> : t("apiKeys.never");
  const action = (key: ApiKeyRow) => (
    <Button
      variant="default"
      size="compact-sm"
      disabled={!mayWrite}
      onClick={() => setRevoking(key)}
      aria-label={t("apiKeys.revokeName", { name: key.name })}
    >
      {t("apiKeys.revoke")}
    </Button>
  );
  const columns: Column<ApiKeyRow>[] = [
    { key: "name", header: t("apiKeys.name"), cell: name },
    { key: "id", header: t("apiKeys.id"), cell: (key) => <IdText id={key.id} /> },
    { key: "scopes", header: t("apiKeys.scopes"), cell: scopes },
    { key: "creator", header: t("apiKeys.creator"), cell: (key) => key.createdBy || "—" },
    { key: "used", header: t("apiKeys.lastUse"), cell: (key) => <TimeText time={key.lastUseTime} /> },
    { key: "expires", header: t("apiKeys.expires"), cell: expires },
    { key: "action", header: t("common.actions"), cell: action },
  ];
  return (
    <>
      <PageTitle title={t("apiKeys.heading")} subtitle={t("apiKeys.subtitle")} actions={create} />
      <ListPanel
        query={keys}
        rows={keys.data?.apiKeys}
        columns={columns}
        rowKey={(key) => key.id}
        what={t("apiKeys.what")}
        empty={
          <EmptyState
            title={t("apiKeys.none")}
            text={t("apiKeys.noneText")}
            command={`curl -u "$COURSEMESH_KEY" ${location.origin}/api/v2/ping`}
          />
        }
        card={(key) => (
          <Stack gap={6}>
            <Group justify="space-between">
              {name(key)}
              {action(key)}
            </Group>
            {scopes(key)}
          </Stack>
        )}
      />
      {creating && <CreateKeyDialog onClose={dialog.close} />}
      {revoking && (
        <ConfirmDialog
          title={t("apiKeys.revokeTitle", { name: revoking.name })}
          verb={t("apiKeys.revokeVerb")}
          failure={t("apiKeys.what")}
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await revoke.mutateAsync({ id: revoking.id });
            notifyDone(t("apiKeys.revoked", { name: revoking.name }));
          }}
        >
          {t("apiKeys.revokeText")}{" "}
          {revoking.lastUseTime > 0n ? (
            <>
              {t("apiKeys.lastUsed")} <TimeText time={revoking.lastUseTime} />.
            </>
          ) : (
            t("apiKeys.neverUsed")
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
