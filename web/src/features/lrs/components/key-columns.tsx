import type { LrsKeyRow } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan } from "../../../lib/session/use-session.tsx";
import { presetOf } from "../../../lib/xapi/lrs-scopes.ts";

/** Columns of the keys that may use the record store. */
export function useKeyColumns(onLimits: (key: LrsKeyRow) => void, limitsVisible: boolean) {
  const { t, i18n } = useTranslation();
  const mayLimit = useCan("lrs:admin");
  const name = (key: LrsKeyRow): ReactNode => (
    <Text span fw={500} fz="sm">
      {key.name}
    </Text>
  );
  const scopes = (key: LrsKeyRow): ReactNode => {
    const preset = presetOf(key.scopes);
    return (
      <span title={key.scopes.join(" ")}>
        {preset ? t(`apiKeys.preset_${preset}`) : <code>{key.scopes.join(" ")}</code>}
      </span>
    );
  };
  const limits = ({ limit }: LrsKeyRow): string => {
    if (!limit) return t("connection.asOthers");
    const parts = (["requestsPerMinute", "statementsPerMinute", "batchSize"] as const)
      .filter((field) => limit[field] > 0)
      .map((field) => t(`connection.${field}Short`, { value: limit[field].toLocaleString(i18n.language) }));
    if (limit.allowedVerbs.length > 0) parts.push(t("connection.verbCount", { count: limit.allowedVerbs.length }));
    if (limit.defaultVersion) parts.push(t("connection.versionShort", { version: limit.defaultVersion }));
    if (limit.authorityJson) parts.push(t("connection.ownAuthority"));
    return parts.join(" · ") || t("connection.asOthers");
  };
  const action = (key: LrsKeyRow): ReactNode =>
    mayLimit && (
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => onLimits(key)}
        aria-label={t("connection.limitsOf", { name: key.name })}
      >
        {t("connection.limits")}
      </Button>
    );
  const columns: Column<LrsKeyRow>[] = [
    { key: "name", header: t("apiKeys.name"), cell: name },
    { key: "id", header: t("apiKeys.id"), cell: (key) => <IdText id={key.id} /> },
    { key: "scopes", header: t("connection.may"), cell: scopes },
    ...(limitsVisible ? [{ key: "limits", header: t("connection.limits"), cell: limits }] : []),
    { key: "used", header: t("apiKeys.lastUse"), cell: (key) => <TimeText time={key.lastUseTime} /> },
    { key: "action", header: t("common.actions"), cell: action },
  ];
  const card = (key: LrsKeyRow): ReactNode => (
    <>
      <Group justify="space-between" wrap="nowrap">
        {name(key)}
        {action(key)}
      </Group>
      <Text component="div" fz="sm">
        {scopes(key)}
      </Text>
      <Text component="div" fz="xs" c="dimmed">
        {limitsVisible && `${limits(key)} · `}
        {t("apiKeys.lastUse")}: <TimeText time={key.lastUseTime} />
      </Text>
    </>
  );
  return { columns, card };
}
