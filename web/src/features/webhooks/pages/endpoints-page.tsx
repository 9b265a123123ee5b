import type { CreateEndpointResponse, EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { type EndpointFilters, useEndpoints } from "../api/endpoints.ts";
import { EndpointDialog } from "../components/endpoint-dialog.tsx";
import { useSuccessText, useTypesText } from "../components/endpoint-facts.ts";
import { SecretDialog } from "../components/secret-dialog.tsx";
import { EndpointStatus } from "../components/status-word.tsx";
import { WebhooksLayout } from "./webhooks-layout.tsx";

const STATUSES = ["active", "failing", "disabled", "suspended"] as const;

/** Who is told of what happens, and whether that works. */
export function EndpointsPage(props: {
  readonly filters: EndpointFilters;
  readonly onFilters: (filters: EndpointFilters) => void;
  readonly creating: boolean;
  /** Types chosen at first in the form. */
  readonly types: readonly string[];
  readonly onCreating: (creating: boolean) => void;
  readonly onCreated: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useEndpoints(filters);
  const mayWrite = useCan("webhook:write");
  const [made, setMade] = useState<CreateEndpointResponse>();
  const columns = useEndpointColumns();
  const create = (
    <GuardedButton scope="webhook:write" leftSection={<IconWebhook size={16} />} onClick={() => props.onCreating(true)}>
      {t("webhooks.create")}
    </GuardedButton>
  );
  const opened = (answer: CreateEndpointResponse) => {
    if (answer.secret) setMade(answer);
    else props.onCreated(answer.endpoint?.id ?? "");
  };
  return (
    <WebhooksLayout actions={create}>
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onFilters({ ...filters, q: q.trim() || undefined })}
        searchLabel={t("webhooks.searchEndpoints")}
        activeFilters={(filters.status ? 1 : 0) + (filters.owned ? 1 : 0)}
      >
        <Select
          aria-label={t("webhooks.status")}
          placeholder={t("webhooks.anyStatus")}
          clearable
          w={180}
          data={STATUSES.map((value) => ({ value, label: t(`webhooks.status_${value}`) }))}
          value={filters.status ?? null}
          onChange={(value) => onFilters({ ...filters, status: STATUSES.find((known) => known === value) })}
        />
        <Checkbox
          label={t("webhooks.withOwned")}
          checked={filters.owned ?? false}
          onChange={(event) => onFilters({ ...filters, owned: event.currentTarget.checked || undefined })}
        />
      </FilterBar>
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.endpoints)}
        columns={columns}
        rowKey={(endpoint) => endpoint.id}
        what={t("webhooks.list")}
        filtered={Boolean(filters.q || filters.status)}
        onClearFilters={() => onFilters({})}
        empty={<EmptyState title={t("webhooks.none")} text={t("webhooks.noneText")} action={create} />}
        card={(endpoint) => <EndpointCard endpoint={endpoint} />}
      />
      {props.creating && mayWrite && !made && (
        <EndpointDialog types={props.types} onClose={() => props.onCreating(false)} onCreated={opened} />
      )}
      {made && (
        <SecretDialog
          secret={made.secret}
          url={made.endpoint?.draft?.url ?? ""}
          onClose={() => props.onCreated(made.endpoint?.id ?? "")}
        />
      )}
    </WebhooksLayout>
  );
}

function useEndpointColumns(): Column<EndpointRow>[] {
  const { t, i18n } = useTranslation();
  const success = useSuccessText();
  const types = useTypesText();
  return [
    { key: "name", header: t("webhooks.name"), cell: (endpoint) => <EndpointName endpoint={endpoint} /> },
    { key: "status", header: t("webhooks.status"), cell: ({ status }) => <EndpointStatus status={status} /> },
    { key: "success", header: t("webhooks.success24"), numeric: true, cell: success },
    {
      key: "p95",
      header: t("webhooks.p95"),
      numeric: true,
      cell: ({ p95LatencyMs }) => (p95LatencyMs === undefined ? "—" : t("webhooks.ms", { value: p95LatencyMs })),
    },
    {
      key: "queued",
      header: t("webhooks.queue"),
      numeric: true,
      cell: ({ queuedCount }) => queuedCount.toLocaleString(i18n.language),
    },
    {
      key: "types",
      header: t("webhooks.types"),
      cell: ({ draft }) => (
        <Text span fz="sm" maw={240} truncate display="block" title={types(draft?.filter?.types ?? [])}>
          {types(draft?.filter?.types ?? [])}
        </Text>
      ),
    },
    { key: "last", header: t("webhooks.lastSuccess"), cell: (row) => <TimeText time={row.lastSuccessTime} /> },
  ];
}

function EndpointName({ endpoint }: { readonly endpoint: EndpointRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={320}>
      <Group gap={6} wrap="nowrap">
        <AnchorLink
          to="/o/$org/webhooks/endpoints/$endpointId"
          params={{ org: slug, endpointId: endpoint.id }}
          fw={500}
          fz="sm"
          truncate
        >
          {endpoint.draft?.name}
        </AnchorLink>
        {endpoint.draft?.postback && (
          <Text span fz="xs" c="dimmed">
            {t("webhooks.kind_postback")}
          </Text>
        )}
      </Group>
      <Text fz="xs" c="dimmed" truncate title={endpoint.draft?.url}>
        {endpoint.draft?.url}
      </Text>
    </Stack>
  );
}

function EndpointCard({ endpoint }: { readonly endpoint: EndpointRow }) {
  const success = useSuccessText();
  return (
    <Stack gap={4}>
      <EndpointName endpoint={endpoint} />
      <Group gap="md" fz="sm">
        <EndpointStatus status={endpoint.status} />
        <span>{success(endpoint)}</span>
      </Group>
      {endpoint.lastError && endpoint.status !== "active" && (
        <Text fz="xs" c="var(--cm-failed)" lineClamp={2}>
          {endpoint.lastError}
        </Text>
      )}
    </Stack>
  );
}
