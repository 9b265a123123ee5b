import { getRouteApi } from "@tanstack/react-router";
import { DeploymentPage } from "../../features/dispatch-results/pages/deployment-page.tsx";
import { DeploymentsPage } from "../../features/dispatch-results/pages/deployments-page.tsx";
import { FiguresPage } from "../../features/dispatch-results/pages/figures-page.tsx";
import { SessionPage } from "../../features/dispatch-results/pages/session-page.tsx";
import { UnacknowledgedPage } from "../../features/dispatch-results/pages/unacknowledged-page.tsx";

const deployments = getRouteApi("/o/$org/dispatch/deployments");
const deployment = getRouteApi("/o/$org/dispatch/deployments/$deploymentId");
const results = getRouteApi("/o/$org/dispatch/results");
const session = getRouteApi("/o/$org/dispatch/sessions/$sessionId");
const figures = getRouteApi("/o/$org/dispatch/analytics");

export function DeploymentsRoute() {
  const navigate = deployments.useNavigate();
  return (
    <DeploymentsPage
      filters={deployments.useSearch()}
      onFilters={(search) => void navigate({ search, replace: true })}
    />
  );
}

export function DeploymentRoute() {
  const { deploymentId } = deployment.useParams();
  return <DeploymentPage key={deploymentId} id={deploymentId} />;
}

export function ResultsRoute() {
  const navigate = results.useNavigate();
  return (
    <UnacknowledgedPage
      filters={results.useSearch()}
      onFilters={(search) => void navigate({ search, replace: true })}
    />
  );
}

export function DispatchSessionRoute() {
  const { sessionId } = session.useParams();
  const { failed } = session.useSearch();
  const navigate = session.useNavigate();
  return (
    <SessionPage
      key={sessionId}
      id={sessionId}
      failedOnly={failed ?? false}
      onFailedOnly={(next) =>
        void navigate({ search: { failed: next || undefined }, replace: true, resetScroll: false })
      }
    />
  );
}

export function DispatchFiguresRoute() {
  const navigate = figures.useNavigate();
  return (
    <FiguresPage
      filters={figures.useSearch()}
      onFilters={(search) => void navigate({ search, replace: true, resetScroll: false })}
    />
  );
}
