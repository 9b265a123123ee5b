import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { DispatchPage } from "../../features/dispatch/pages/dispatch-page.tsx";
import { DispatchesPage } from "../../features/dispatch/pages/dispatches-page.tsx";
import { WizardPage } from "../../features/dispatch/pages/wizard-page.tsx";
import { DispatchMoves } from "../../features/dispatch-results/moves/dispatch-moves.tsx";
import { useOrganization } from "../../lib/session/use-session.tsx";

const list = getRouteApi("/o/$org/dispatch");
const one = getRouteApi("/o/$org/dispatch/dispatches/$dispatchId");
const wizard = getRouteApi("/o/$org/dispatch/new");

export function DispatchesRoute() {
  const filters = list.useSearch();
  const navigate = list.useNavigate();
  const { slug } = useOrganization();
  return (
    <DispatchesPage
      filters={filters}
      onFilters={(search) => void navigate({ search, replace: true })}
      onCreate={() => void navigate({ to: "/o/$org/dispatch/new", params: { org: slug } })}
    />
  );
}

export function DispatchRoute() {
  const { dispatchId } = one.useParams();
  const navigate = useNavigate();
  const { slug } = useOrganization();
  return (
    <DispatchPage
      key={dispatchId}
      id={dispatchId}
      moves={<DispatchMoves dispatchId={dispatchId} />}
      onDeleted={() => void navigate({ to: "/o/$org/dispatch", params: { org: slug }, replace: true })}
    />
  );
}

export function DispatchWizardRoute() {
  const { step, course, destination } = wizard.useSearch();
  const navigate = wizard.useNavigate();
  const { slug } = useOrganization();
  return (
    <WizardPage
      step={step ?? "course"}
      courseId={course ?? ""}
      destinationId={destination ?? ""}
      onStep={(next) => void navigate({ search: { step: next, course, destination } })}
      onOpen={(dispatchId) =>
        void navigate({ to: "/o/$org/dispatch/dispatches/$dispatchId", params: { org: slug, dispatchId } })
      }
    />
  );
}
