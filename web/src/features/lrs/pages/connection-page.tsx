import type { LrsKeyRow } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Panel, SkeletonLines } from "../../../components/panel.tsx";
import { useConnection, useKeysChanged } from "../api/connection.ts";
import { AboutCheck } from "../components/about-check.tsx";
import { CodeLine } from "../components/code-line.tsx";
import { useKeyColumns } from "../components/key-columns.tsx";
import { LimitDialog } from "../components/limit-dialog.tsx";
import { curlToStore } from "../statement/equivalent-request.ts";
import { LrsLayout } from "./lrs-layout.tsx";

/** How other systems reach the record store: the exact address, how to sign in, and who may. */
export function ConnectionPage(props: {
  /** The dialog that makes a key. */
  readonly createKey: (onClose: () => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const query = useConnection();
  const keysChanged = useKeysChanged();
  const [creating, dialog] = useDisclosure(false);
  const [limiting, setLimiting] = useState<LrsKeyRow>();
  const answer = query.data;
  const { columns, card } = useKeyColumns(setLimiting, answer?.limitsVisible ?? false);
  const create = (
    <GuardedButton scope="key:write" leftSection={<IconKey size={16} />} onClick={dialog.open}>
      {t("connection.createKey")}
    </GuardedButton>
  );
  return (
    <LrsLayout actions={create}>
      {query.error && !answer ? (
        <ErrorPanel error={query.error} what={t("connection.what")} onRetry={() => query.refetch()} />
      ) : !answer ? (
        <SkeletonLines lines={8} />
      ) : (
        <Stack>
          <Panel title={t("connection.endpoint")}>
            <Stack gap="xs">
              <CodeLine label={t("connection.address")} value={answer.endpoint} />
              <Text fz="sm" maw="72ch">
                {t("connection.addressHint")}
              </Text>
              <List fz="sm" spacing={2} maw="72ch">
                <List.Item>{t("connection.versions", { versions: answer.versions.join(", ") })}</List.Item>
                <List.Item>{t("connection.basic")}</List.Item>
                <List.Item>{t("connection.authorityText")}</List.Item>
              </List>
            </Stack>
          </Panel>
          <Panel title={t("connection.tryIt")}>
            <Stack>
              <AboutCheck />
              <CodeLine label={t("connection.storeCommand")} value={curlToStore(answer.endpoint)} />
              <Text fz="xs" c="dimmed">
                {t("connection.keyVariable")}
              </Text>
            </Stack>
          </Panel>
          <Panel title={t("connection.keys")}>
            {answer.keysVisible ? (
              <ListPanel
                query={query}
                rows={answer.keys}
                columns={columns}
                rowKey={(key) => key.id}
                card={card}
                what={t("connection.keysWhat")}
                empty={<EmptyState title={t("connection.noKeys")} text={t("connection.noKeysText")} action={create} />}
              />
            ) : (
              <Text fz="sm" c="dimmed">
                {t("connection.keysHidden")}
              </Text>
            )}
          </Panel>
        </Stack>
      )}
      {creating &&
        props.createKey(() => {
          dialog.close();
          keysChanged();
        })}
      {limiting && <LimitDialog row={limiting} onClose={() => setLimiting(undefined)} />}
    </LrsLayout>
  );
}
