import type { DeliveryRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { OutcomeWord } from "./outcome-text.tsx";
import { DeliveryState } from "./status-word.tsx";

/** Event, state, answer, attempts, latency and next attempt. @param withEndpoint also whom it is for */
export function useDeliveryColumns(withEndpoint: boolean): Column<DeliveryRow>[] {
  const { t, i18n } = useTranslation();
  return [
    { key: "type", header: t("webhooks.event"), cell: (row) => <DeliveryName row={row} /> },
    ...(withEndpoint
      ? [{ key: "endpoint", header: t("webhooks.endpoint"), cell: (row: DeliveryRow) => row.endpointName || "—" }]
      : []),
    { key: "state", header: t("webhooks.state"), cell: ({ state }) => <DeliveryState state={state} /> },
    { key: "result", header: t("webhooks.result"), cell: ({ lastAttempt }) => <OutcomeWord attempt={lastAttempt} /> },
    { key: "attempts", header: t("webhooks.attempts"), numeric: true, cell: ({ attemptCount }) => attemptCount },
    {
      key: "latency",
      header: t("webhooks.latency"),
      numeric: true,
      cell: ({ lastAttempt }) =>
        lastAttempt ? t("webhooks.ms", { value: lastAttempt.latencyMs.toLocaleString(i18n.language) }) : "—",
    },
    { key: "time", header: t("webhooks.queuedAt"), cell: (row) => <TimeText time={row.createTime} /> },
    { key: "next", header: t("webhooks.nextAttempt"), cell: (row) => <TimeText time={row.nextAttemptTime} absolute /> },
  ];
}

/** The same in two lines. */
export function DeliveryCard({ row }: { readonly row: DeliveryRow }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <DeliveryName row={row} />
        <OutcomeWord attempt={row.lastAttempt} />
      </Group>
      <Group justify="space-between" wrap="nowrap">
        <DeliveryState state={row.state} />
        <Text span fz="xs" c="dimmed">
          <TimeText time={row.createTime} />
        </Text>
      </Group>
    </Stack>
  );
}

function DeliveryName({ row }: { readonly row: DeliveryRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Group gap={6} wrap="nowrap">
      <AnchorLink
        to="/o/$org/webhooks/deliveries/$deliveryId"
        params={{ org: slug, deliveryId: row.id }}
        fz="sm"
        fw={500}
        ff="monospace"
        data-delivery={row.id}
      >
        {row.eventType}
      </AnchorLink>
      {row.test && (
        <Badge size="xs" variant="default">
          {t("webhooks.test")}
        </Badge>
      )}
    </Group>
  );
}
