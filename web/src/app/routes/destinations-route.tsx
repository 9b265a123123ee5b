import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { DestinationPage } from "../../features/dispatch/pages/destination-page.tsx";
import { DestinationsPage } from "../../features/dispatch/pages/destinations-page.tsx";
import { LicencePage } from "../../features/dispatch/pages/licence-page.tsx";
import { LicencesPage } from "../../features/dispatch/pages/licences-page.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const list = getRouteApi("/o/$org/dispatch/destinations");
const one = getRouteApi("/o/$org/dispatch/destinations/$destinationId");
const licences = getRouteApi("/o/$org/dispatch/licences");
const licence = getRouteApi("/o/$org/dispatch/licences/$licenceId");

export function DestinationsRoute() {
  const { create, ...filters } = list.useSearch();
  const navigate = list.useNavigate();
  const { slug } = useOrganization();
  return (
    <DestinationsPage
      filters={filters}
      onFilters={(search) => void navigate({ search, replace: true })}
      creating={create ?? false}
      onCreating={(creating) =>
        void navigate({ search: { ...filters, create: creating || undefined }, replace: true, resetScroll: false })
      }
      onCreated={(destinationId) =>
        void navigate({ to: "/o/$org/dispatch/destinations/$destinationId", params: { org: slug, destinationId } })
      }
    />
  );
}

export function DestinationRoute() {
  const { destinationId } = one.useParams();
  const navigate = useNavigate();
  const { slug } = useOrganization();
  const params = { org: slug };
  return (
    <DestinationPage
      key={destinationId}
      id={destinationId}
      onAddCourse={() => void navigate({ to: "/o/$org/dispatch/new", params, search: { destination: destinationId } })}
      onDeleted={() => void navigate({ to: "/o/$org/dispatch/destinations", params, replace: true })}
    />
  );
}

export function LicencesRoute() {
  const filters = licences.useSearch();
  const navigate = licences.useNavigate();
  return <LicencesPage filters={filters} onFilters={(search) => void navigate({ search, replace: true })} />;
}

export function LicenceRoute() {
  const { licenceId } = licence.useParams();
  const { scope } = licence.useSearch();
  return <LicencePage key={licenceId} scope={scope ?? "dispatch"} id={licenceId} />;
}
