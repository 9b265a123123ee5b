import type { EventRow } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CodeBlock, prettyJson } from "../../../components/code-block.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { ButtonLink } from "../../../components/links.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useEvent, useEventCatalogue } from "../api/events.ts";
import { EventFacts } from "./event-facts.tsx";

/** One event whole: what it is about, who caused it, its payload, and where to be told of the next. */
export function EventDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const query = useEvent(id);
  const row = query.data?.event;
  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      title={t("events.one")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {query.error ? (
        <ErrorPanel error={query.error} what={t("events.thisOne")} onRetry={() => query.refetch()} />
      ) : row ? (
        <EventContent row={row} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Drawer>
  );
}

function EventContent({ row }: { readonly row: EventRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { data } = useEventCatalogue();
  const description = data?.types.find(({ name }) => name === row.type)?.description;
  const payload = `{"id":${JSON.stringify(row.id)},"type":${JSON.stringify(row.type)},"timestamp":"${new Date(Number(row.time)).toISOString()}","data":${row.dataJson || "{}"}}`;
  return (
    <Stack>
      <div>
        <Title order={2} ff="monospace" style={{ overflowWrap: "anywhere" }}>
          {row.type}
        </Title>
        {description && (
          <Text fz="sm" c="dimmed">
            {description}
          </Text>
        )}
      </div>
      <EventFacts row={row} />
      <CodeBlock label={t("events.payload")} value={prettyJson(payload)} maxHeight={520} />
      <Group>
        <ButtonLink
          to="/o/$org/webhooks/endpoints"
          params={{ org: slug }}
          search={{ create: true, types: [row.type] }}
          variant="default"
          leftSection={<IconWebhook size={16} />}
        >
          {t("events.subscribe")}
        </ButtonLink>
        <ButtonLink to="/o/$org/webhooks/deliveries" params={{ org: slug }} search={{ event: row.id }} variant="subtle">
          {t("events.deliveriesOf")}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
