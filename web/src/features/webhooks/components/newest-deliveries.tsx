import type { DeliveryRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { Panel } from "../../../components/panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { DeliveryCard, useDeliveryColumns } from "./delivery-columns.tsx";

/** What an endpoint was sent last, and where to see more. */
export function NewestDeliveries(props: { readonly endpointId: string; readonly deliveries: readonly DeliveryRow[] }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const columns = useDeliveryColumns(false);
  const { endpointId, deliveries } = props;
  return (
    <Panel
      title={t("webhooks.newest")}
      aside={
        <Group gap="md">
          <AnchorLink
            to="/o/$org/webhooks/deliveries"
            params={{ org: slug }}
            search={{ endpoint: endpointId, tests: true }}
            fz="sm"
          >
            {t("webhooks.allDeliveries")}
          </AnchorLink>
          <AnchorLink
            to="/o/$org/webhooks/replays"
            params={{ org: slug }}
            search={{ endpoint: endpointId, create: true }}
            fz="sm"
          >
            {t("webhooks.replayItem")}
          </AnchorLink>
        </Group>
      }
    >
      {deliveries.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("webhooks.nothingSent")}
        </Text>
      ) : (
        <DataTable
          columns={columns}
          rows={deliveries}
          rowKey={(row) => row.id}
          card={(row) => <DeliveryCard row={row} />}
          label={t("webhooks.deliveries")}
        />
      )}
    </Panel>
  );
}
