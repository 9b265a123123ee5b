import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { EndpointPage } from "../../features/webhooks/pages/endpoint-page.tsx";
import { EndpointsPage } from "../../features/webhooks/pages/endpoints-page.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const list = getRouteApi("/o/$org/webhooks/endpoints");
const one = getRouteApi("/o/$org/webhooks/endpoints/$endpointId");

export function EndpointsRoute() {
  const { create, types, ...filters } = list.useSearch();
  const navigate = list.useNavigate();
  const { slug } = useOrganization();
  return (
    <EndpointsPage
      filters={filters}
      onFilters={(next) => void navigate({ search: next, replace: true })}
      creating={create ?? false}
      types={types ?? []}
      onCreating={(creating) =>
        void navigate({ search: { ...filters, create: creating || undefined }, replace: true, resetScroll: false })
      }
      onCreated={(endpointId) =>
        void navigate({ to: "/o/$org/webhooks/endpoints/$endpointId", params: { org: slug, endpointId } })
      }
    />
  );
}

export function EndpointRoute() {
  const { endpointId } = one.useParams();
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (
    <EndpointPage
      key={endpointId}
      id={endpointId}
      onDeleted={() => void navigate({ to: "/o/$org/webhooks/endpoints", params: { org: slug }, replace: true })}
    />
  );
}
