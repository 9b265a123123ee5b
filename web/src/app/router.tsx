import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { Session } from "../lib/session/session.ts";
import { dispatchRoutes } from "./dispatch-routes.ts";
import { organization, requireSession, root } from "./root-routes.ts";
import { ErrorPage } from "./routes/error-page.tsx";
import { NotFoundPage } from "./routes/not-found-page.tsx";
import * as search from "./search-params.ts";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: search.signInSearch,
  component: lazyRouteComponent(() => import("./routes/sign-in-route.tsx"), "SignInRoute"),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async (options) => {
    const viewer = await requireSession(options);
    throw redirect({ to: "/o/$org", params: { org: viewer.organization?.slug ?? "-" } });
  },
});

const go = createRoute({
  getParentRoute: () => root,
  path: "/go/$id",
  beforeLoad: async (options) => {
    await requireSession(options);
  },
  component: lazyRouteComponent(() => import("./routes/go-route.tsx"), "GoRoute"),
});

const overview = createRoute({
  getParentRoute: () => organization,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/overview-route.tsx"), "OverviewRoute"),
});

const courses = createRoute({
  getParentRoute: () => organization,
  path: "/courses",
  validateSearch: search.coursesSearch,
  component: lazyRouteComponent(() => import("./routes/courses-route.tsx"), "CoursesRoute"),
});

const course = createRoute({
  getParentRoute: () => organization,
  path: "/courses/$courseId",
  component: lazyRouteComponent(() => import("./routes/course-route.tsx"), "CourseOverviewRoute"),
});

const courseVersions = createRoute({
  getParentRoute: () => organization,
  path: "/courses/$courseId/versions",
  component: lazyRouteComponent(() => import("./routes/course-route.tsx"), "CourseVersionsRoute"),
});

const courseSettings = createRoute({
  getParentRoute: () => organization,
  path: "/courses/$courseId/settings",
  validateSearch: search.settingsSearch,
  component: lazyRouteComponent(() => import("./routes/course-settings-route.tsx"), "CourseSettingsRoute"),
});

const courseRegistrations = createRoute({
  getParentRoute: () => organization,
  path: "/courses/$courseId/registrations",
  validateSearch: search.registrationsSearch,
  component: lazyRouteComponent(() => import("./routes/course-registrations-route.tsx"), "CourseRegistrationsRoute"),
});

const importReport = createRoute({
  getParentRoute: () => organization,
  path: "/imports/$importId",
  validateSearch: search.importSearch,
  component: lazyRouteComponent(() => import("./routes/import-route.tsx"), "ImportRoute"),
});

const registrations = createRoute({
  getParentRoute: () => organization,
  path: "/registrations",
  validateSearch: search.registrationsSearch,
  component: lazyRouteComponent(() => import("./routes/registrations-route.tsx"), "RegistrationsRoute"),
});

const journal = createRoute({
  getParentRoute: () => organization,
  path: "/registrations/$registrationId",
  validateSearch: search.journalSearch,
  component: lazyRouteComponent(() => import("./routes/journal-route.tsx"), "JournalRoute"),
});

const activities = createRoute({
  getParentRoute: () => organization,
  path: "/registrations/$registrationId/activities",
  validateSearch: search.activitiesSearch,
  component: lazyRouteComponent(() => import("./routes/activities-route.tsx"), "ActivitiesRoute"),
});

const launches = createRoute({
  getParentRoute: () => organization,
  path: "/registrations/$registrationId/launches",
  validateSearch: search.registrationSearch,
  component: lazyRouteComponent(() => import("./routes/launches-route.tsx"), "LaunchesRoute"),
});

const learners = createRoute({
  getParentRoute: () => organization,
  path: "/people",
  validateSearch: search.querySearch,
  component: lazyRouteComponent(() => import("./routes/people-route.tsx"), "LearnersRoute"),
});

const members = createRoute({
  getParentRoute: () => organization,
  path: "/people/members",
  validateSearch: search.querySearch,
  component: lazyRouteComponent(() => import("./routes/people-route.tsx"), "MembersRoute"),
});

const learner = createRoute({
  getParentRoute: () => organization,
  path: "/people/$learnerId",
  validateSearch: search.analyticsSearch,
  component: lazyRouteComponent(() => import("./routes/learner-route.tsx"), "LearnerRoute"),
});

const courseAnalytics = createRoute({
  getParentRoute: () => organization,
  path: "/courses/$courseId/analytics",
  validateSearch: search.analyticsSearch,
  component: lazyRouteComponent(() => import("./routes/course-analytics-route.tsx"), "CourseAnalyticsRoute"),
});

const analyticsHome = createRoute({
  getParentRoute: () => organization,
  path: "/analytics",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/analytics/$board", params: { ...params, board: "reach" }, replace: true });
  },
});

const analytics = createRoute({
  getParentRoute: () => organization,
  path: "/analytics/$board",
  validateSearch: search.analyticsSearch,
  component: lazyRouteComponent(() => import("./routes/analytics-route.tsx"), "AnalyticsRoute"),
});

const apiKeys = createRoute({
  getParentRoute: () => organization,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("../features/api-keys/pages/api-keys-page.tsx"), "ApiKeysPage"),
});

const statements = createRoute({
  getParentRoute: () => organization,
  path: "/lrs",
  validateSearch: search.statementsSearch,
  component: lazyRouteComponent(() => import("./routes/statements-route.tsx"), "StatementsRoute"),
});

const lrsConnection = createRoute({
  getParentRoute: () => organization,
  path: "/lrs/connection",
  component: lazyRouteComponent(() => import("./routes/lrs-connection-route.tsx"), "LrsConnectionRoute"),
});

const pipes = createRoute({
  getParentRoute: () => organization,
  path: "/lrs/pipes",
  component: lazyRouteComponent(() => import("./routes/pipes-route.tsx"), "PipesRoute"),
});

const pipe = createRoute({
  getParentRoute: () => organization,
  path: "/lrs/pipes/$pipeId",
  component: lazyRouteComponent(() => import("./routes/pipes-route.tsx"), "PipeRoute"),
});

const retention = createRoute({
  getParentRoute: () => organization,
  path: "/lrs/retention",
  component: lazyRouteComponent(() => import("../features/lrs/pages/retention-page.tsx"), "RetentionPage"),
});

const personDeletions = createRoute({
  getParentRoute: () => organization,
  path: "/lrs/deletions",
  component: lazyRouteComponent(() => import("../features/lrs/pages/person-deletions-page.tsx"), "PersonDeletionsPage"),
});

const webhooks = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/webhooks/endpoints", params });
  },
});

const endpoints = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/endpoints",
  validateSearch: search.endpointsSearch,
  component: lazyRouteComponent(() => import("./routes/webhook-endpoints-route.tsx"), "EndpointsRoute"),
});

const endpoint = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/endpoints/$endpointId",
  component: lazyRouteComponent(() => import("./routes/webhook-endpoints-route.tsx"), "EndpointRoute"),
});

const deliveries = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/deliveries",
  validateSearch: search.deliveriesSearch,
  component: lazyRouteComponent(() => import("./routes/webhook-deliveries-route.tsx"), "DeliveriesRoute"),
});

const delivery = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/deliveries/$deliveryId",
  component: lazyRouteComponent(() => import("./routes/webhook-deliveries-route.tsx"), "DeliveryRoute"),
});

const replays = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/replays",
  validateSearch: search.replaysSearch,
  component: lazyRouteComponent(() => import("./routes/webhook-replays-route.tsx"), "ReplaysRoute"),
});

const replay = createRoute({
  getParentRoute: () => organization,
  path: "/webhooks/replays/$replayId",
  component: lazyRouteComponent(() => import("./routes/webhook-replays-route.tsx"), "ReplayRoute"),
});

const events = createRoute({
  getParentRoute: () => organization,
  path: "/events",
  validateSearch: search.eventsSearch,
  component: lazyRouteComponent(() => import("./routes/events-route.tsx"), "EventsRoute"),
});

const eventTypes = createRoute({
  getParentRoute: () => organization,
  path: "/events/types",
  validateSearch: search.querySearch,
  component: lazyRouteComponent(() => import("./routes/events-route.tsx"), "EventTypesRoute"),
});

/** For customers who have a link and no account. */
const report = createRoute({
  getParentRoute: () => root,
  path: "/report",
  component: lazyRouteComponent(() => import("../features/dispatch-results/report/report-page.tsx"), "ReportPage"),
});

const settings = createRoute({
  getParentRoute: () => organization,
  path: "/settings",
  validateSearch: search.settingsSearch,
  component: lazyRouteComponent(() => import("./routes/settings-route.tsx"), "SettingsRoute"),
});

const routeTree = root.addChildren([
  signIn,
  report,
  home,
  go,
  organization.addChildren([
    overview,
    courses,
    course,
    courseVersions,
    courseSettings,
    courseRegistrations,
    importReport,
    registrations,
    journal,
    activities,
    launches,
    learners,
    members,
    learner,
    courseAnalytics,
    analyticsHome,
    analytics,
    ...dispatchRoutes,
    statements,
    lrsConnection,
    pipes,
    pipe,
    retention,
    personDeletions,
    webhooks,
    endpoints,
    endpoint,
    deliveries,
    delivery,
    replays,
    replay,
    events,
    eventTypes,
    apiKeys,
    settings,
  ]),
]);

/** All pages. Data is read by the components; the router only knows addresses and who may see them. */
export function createAppRouter(session: Session) {
  return createRouter({
    routeTree,
    context: { session },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
