import type { EventTypeRow } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { Accordion, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CodeBlock, prettyJson } from "../../../components/code-block.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ButtonLink } from "../../../components/links.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useEventCatalogue } from "../api/events.ts";
import { EventsLayout } from "./events-layout.tsx";

/** Every type of event: what it tells, its schema, an example. */
export function EventTypesPage(props: { readonly q: string; readonly onQuery: (q: string) => void }) {
  const { t } = useTranslation();
  const query = useEventCatalogue();
  const words = props.q.toLowerCase();
  const found = query.data?.types.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words),
  );
  return (
    <EventsLayout>
      <FilterBar query={props.q} onQuery={props.onQuery} searchLabel={t("events.searchTypes")} />
      {query.error && !found ? (
        <ErrorPanel error={query.error} what={t("events.typesWhat")} onRetry={() => query.refetch()} />
      ) : !found ? (
        <SkeletonLines lines={10} height={24} />
      ) : found.length === 0 ? (
        <EmptyState title={t("list.noneMatch")} text={t("events.noTypes")} />
      ) : (
        <Accordion variant="contained" multiple chevronPosition="left" order={2}>
          {found.map((type) => (
            <Accordion.Item key={type.name} value={type.name}>
              <Accordion.Control>
                <Text ff="monospace" fz="sm" fw={500}>
                  {type.name}
                </Text>
                <Text fz="sm" c="dimmed">
                  {type.description}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <TypeContent type={type} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </EventsLayout>
  );
}

function TypeContent({ type }: { readonly type: EventTypeRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <CodeBlock label={t("events.example", { type: type.name })} value={prettyJson(type.exampleJson)} />
        <CodeBlock label={t("events.schemaOf", { type: type.name })} value={prettyJson(type.schemaJson)} />
      </SimpleGrid>
      <Group>
        <Text fz="xs" c="dimmed">
          {type.schema}
        </Text>
        <ButtonLink
          to="/o/$org/webhooks/endpoints"
          params={{ org: slug }}
          search={{ create: true, types: [type.name] }}
          variant="default"
          size="compact-sm"
          leftSection={<IconWebhook size={14} />}
        >
          {t("events.subscribe")}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
