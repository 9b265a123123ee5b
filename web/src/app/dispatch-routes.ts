import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { organization } from "./root-routes.ts";
import * as search from "./search-params.ts";

const dispatches = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch",
  validateSearch: search.dispatchesSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-route.tsx"), "DispatchesRoute"),
});

const dispatchWizard = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/new",
  validateSearch: search.dispatchWizardSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-route.tsx"), "DispatchWizardRoute"),
});

const dispatch = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/dispatches/$dispatchId",
  component: lazyRouteComponent(() => import("./routes/dispatch-route.tsx"), "DispatchRoute"),
});

const destinations = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/destinations",
  validateSearch: search.destinationsSearch,
  component: lazyRouteComponent(() => import("./routes/destinations-route.tsx"), "DestinationsRoute"),
});

const destination = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/destinations/$destinationId",
  component: lazyRouteComponent(() => import("./routes/destinations-route.tsx"), "DestinationRoute"),
});

const licences = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/licences",
  validateSearch: search.licencesSearch,
  component: lazyRouteComponent(() => import("./routes/destinations-route.tsx"), "LicencesRoute"),
});

const licence = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/licences/$licenceId",
  validateSearch: search.licenceSearch,
  component: lazyRouteComponent(() => import("./routes/destinations-route.tsx"), "LicenceRoute"),
});

const dispatchSettings = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/settings",
  component: lazyRouteComponent(() => import("../features/dispatch/pages/settings-page.tsx"), "DispatchSettingsPage"),
});

const deployments = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/deployments",
  validateSearch: search.deploymentsSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-results-route.tsx"), "DeploymentsRoute"),
});

const deployment = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/deployments/$deploymentId",
  component: lazyRouteComponent(() => import("./routes/dispatch-results-route.tsx"), "DeploymentRoute"),
});

const dispatchResults = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/results",
  validateSearch: search.resultsSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-results-route.tsx"), "ResultsRoute"),
});

const dispatchSession = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/sessions/$sessionId",
  validateSearch: search.sessionSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-results-route.tsx"), "DispatchSessionRoute"),
});

const dispatchFigures = createRoute({
  getParentRoute: () => organization,
  path: "/dispatch/analytics",
  validateSearch: search.figuresSearch,
  component: lazyRouteComponent(() => import("./routes/dispatch-results-route.tsx"), "DispatchFiguresRoute"),
});

/** Pages of what runs in customers’ LMSs. */
export const dispatchRoutes = [
  dispatches,
  dispatchWizard,
  dispatch,
  destinations,
  destination,
  licences,
  licence,
  dispatchSettings,
  deployments,
  deployment,
  dispatchResults,
  dispatchSession,
  dispatchFigures,
] as const;
