import type { EndpointChoice } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Button, Checkbox, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { EventTypeSelect } from "../../../components/event-type-select.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ButtonLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeRangeFields } from "../../../components/time-range-fields.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangedDeliveries, useDeliveries } from "../api/deliveries.ts";
import { useChoices } from "../api/endpoints.ts";
import { DeliveryCard, useDeliveryColumns } from "../components/delivery-columns.tsx";
import { activeFilters, type DeliveryFilters, RESULTS, STATES } from "../delivery/delivery-filters.ts";
import { WebhooksLayout } from "./webhooks-layout.tsx";

/** What was sent, and what came back. */
export function DeliveriesPage(props: {
  readonly filters: DeliveryFilters;
  readonly onChange: (change: DeliveryFilters) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { filters, onChange } = props;
  const query = useDeliveries(filters);
  const changed = useChangedDeliveries(filters.endpoint ?? "");
  const columns = useDeliveryColumns(true);
  const active = activeFilters(filters);
  return (
    <WebhooksLayout
      actions={
        <ButtonLink
          to="/o/$org/webhooks/replays"
          params={{ org: slug }}
          search={{ create: true, ...(filters.endpoint && { endpoint: filters.endpoint }) }}
          variant="default"
        >
          {t("webhooks.replayItem")}
        </ButtonLink>
      }
    >
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onChange({ q: q.trim() || undefined })}
        searchLabel={t("webhooks.searchDeliveries")}
        activeFilters={active - (filters.q ? 1 : 0)}
      >
        <DeliveryFilterFields {...props} endpoints={query.data?.pages[0]?.endpoints ?? []} />
      </FilterBar>
      {changed.count > 0 && (
        <Button variant="light" mb="sm" onClick={changed.show}>
          {t("webhooks.changed", { count: changed.count })}
        </Button>
      )}
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.deliveries)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <DeliveryCard row={row} />}
        what={t("webhooks.deliveries")}
        filtered={active > 0}
        onClearFilters={props.onClear}
        empty={
          <EmptyState
            title={t("webhooks.noDeliveries")}
            text={t("webhooks.noDeliveriesText")}
            action={
              <ButtonLink to="/o/$org/webhooks/endpoints" params={{ org: slug }}>
                {t("webhooks.toEndpoints")}
              </ButtonLink>
            }
          />
        }
      />
    </WebhooksLayout>
  );
}

function DeliveryFilterFields(props: {
  readonly filters: DeliveryFilters;
  readonly onChange: (change: DeliveryFilters) => void;
  readonly endpoints: readonly EndpointChoice[];
}) {
  const { t } = useTranslation();
  const { filters, onChange } = props;
  const { data } = useChoices();
  return (
    <>
      <Select
        aria-label={t("webhooks.endpoint")}
        placeholder={t("webhooks.anyEndpoint")}
        searchable
        clearable
        w={180}
        data={props.endpoints.map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.endpoint ?? null}
        onChange={(endpoint) => onChange({ endpoint: endpoint ?? undefined })}
      />
      <Select
        aria-label={t("webhooks.state")}
        placeholder={t("webhooks.anyState")}
        clearable
        w={150}
        data={STATES.map((value) => ({ value, label: t(`webhooks.state_${value}`) }))}
        value={filters.state ?? null}
        onChange={(value) => onChange({ state: STATES.find((known) => known === value) })}
      />
      <Select
        aria-label={t("webhooks.result")}
        placeholder={t("webhooks.anyResult")}
        clearable
        w={150}
        data={RESULTS.map((value) => ({ value, label: t(`webhooks.outcome_${value}`) }))}
        value={filters.result ?? null}
        onChange={(value) => onChange({ result: RESULTS.find((known) => known === value) })}
      />
      <EventTypeSelect
        types={(data?.types ?? []).map(({ name }) => name)}
        aria-label={t("webhooks.types")}
        placeholder={filters.types?.length ? "" : t("webhooks.anyType")}
        value={[...(filters.types ?? [])]}
        onChange={(types) => onChange({ types: types.length > 0 ? types : undefined })}
        miw={180}
        maw={360}
      />
      <TimeRangeFields range={filters} onChange={onChange} />
      <Checkbox
        label={t("webhooks.withTests")}
        checked={filters.tests ?? false}
        onChange={(event) => onChange({ tests: event.currentTarget.checked || undefined })}
      />
    </>
  );
}
