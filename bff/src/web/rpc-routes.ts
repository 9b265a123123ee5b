import { type ConnectRouter, createContextValues, type Interceptor } from "@connectrpc/connect";
import { fastifyConnectPlugin } from "@connectrpc/connect-fastify";
import { requireAccessDeclared } from "@coursemesh/platform/rpc/access.ts";
import { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import {
  CustomerReportViewService,
  DeploymentViewService,
  DispatchAnalyticsViewService,
  DispatchSessionViewService,
  VersionMoveViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import {
  DestinationViewService,
  DispatchBulkViewService,
  DispatchPackageViewService,
  DispatchViewService,
  LicenceViewService,
  SigningKeyViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { EventViewService } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import { LrsConnectionViewService } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { PersonDeletionViewService } from "@coursemesh/proto/coursemesh/web/v1/person_deletion_view_pb.ts";
import { PipeViewService } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { RetentionViewService } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { SequencingViewService } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { StatementViewService } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import {
  WebhookDeliveryViewService,
  WebhookEndpointViewService,
  WebhookReplayViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import type { FastifyInstance } from "fastify";
import { analyticsView } from "./analytics/analytics-view.ts";
import { courseView } from "./course/course-view.ts";
import { bulkView } from "./dispatch/bulk-view.ts";
import { destinationView } from "./dispatch/destination-view.ts";
import { dispatchView } from "./dispatch/dispatch-view.ts";
import { licenceView } from "./dispatch/licence-view.ts";
import { packageView } from "./dispatch/package-view.ts";
import { signingKeyView } from "./dispatch/signing-key-view.ts";
import { customerReportView } from "./dispatch-report/customer-report-view.ts";
import { deploymentView } from "./dispatch-report/deployment-view.ts";
import { dispatchAnalyticsView } from "./dispatch-report/dispatch-analytics-view.ts";
import { dispatchSessionView } from "./dispatch-report/session-view.ts";
import { versionMoveView } from "./dispatch-report/version-move-view.ts";
import { eventView } from "./event/event-view.ts";
import { lrsConnectionView } from "./lrs/lrs-connection-view.ts";
import { personDeletionView } from "./lrs/person-deletion-view.ts";
import { pipeView } from "./lrs/pipe-view.ts";
import { retentionView } from "./lrs/retention-view.ts";
import { ignoreNeedlessCredentials } from "./needless-credentials.ts";
import { overviewView } from "./overview/overview-view.ts";
import { peopleView } from "./people/people-view.ts";
import { registrationView } from "./registration/registration-view.ts";
import { relayedErrors } from "./relayed-errors.ts";
import { sequencingView } from "./sequencing/sequencing-view.ts";
import { addressKey } from "./session/caller-address.ts";
import { sessionView } from "./session/session-view.ts";
import { statementView } from "./statement/statement-view.ts";
import type { ViewDeps } from "./view-deps.ts";
import { webhookDeliveryView } from "./webhook/delivery-view.ts";
import { webhookEndpointView } from "./webhook/endpoint-view.ts";
import { webhookReplayView } from "./webhook/replay-view.ts";

/** Every service of the web contract. */
export const viewServices = [
  SessionViewService,
  OverviewViewService,
  CourseViewService,
  RegistrationViewService,
  SequencingViewService,
  PeopleViewService,
  StatementViewService,
  LrsConnectionViewService,
  PipeViewService,
  RetentionViewService,
  PersonDeletionViewService,
  AnalyticsViewService,
  EventViewService,
  WebhookEndpointViewService,
  WebhookDeliveryViewService,
  WebhookReplayViewService,
  DispatchViewService,
  DestinationViewService,
  LicenceViewService,
  DispatchPackageViewService,
  DispatchBulkViewService,
  SigningKeyViewService,
  DeploymentViewService,
  DispatchSessionViewService,
  DispatchAnalyticsViewService,
  CustomerReportViewService,
  VersionMoveViewService,
] as const;

function viewRoutes(router: ConnectRouter, deps: ViewDeps): void {
  router.service(SessionViewService, sessionView(deps));
  router.service(OverviewViewService, overviewView(deps));
  router.service(CourseViewService, courseView(deps));
  router.service(RegistrationViewService, registrationView(deps));
  router.service(SequencingViewService, sequencingView(deps));
  router.service(PeopleViewService, peopleView(deps));
  router.service(StatementViewService, statementView(deps));
  router.service(LrsConnectionViewService, lrsConnectionView(deps));
  router.service(PipeViewService, pipeView(deps));
  router.service(RetentionViewService, retentionView(deps));
  router.service(PersonDeletionViewService, personDeletionView(deps));
  router.service(AnalyticsViewService, analyticsView(deps));
  router.service(EventViewService, eventView(deps));
  router.service(WebhookEndpointViewService, webhookEndpointView(deps));
  router.service(WebhookDeliveryViewService, webhookDeliveryView(deps));
  router.service(WebhookReplayViewService, webhookReplayView(deps));
  router.service(DeploymentViewService, deploymentView(deps));
  router.service(DispatchSessionViewService, dispatchSessionView(deps));
  router.service(DispatchAnalyticsViewService, dispatchAnalyticsView(deps));
  router.service(CustomerReportViewService, customerReportView(deps));
  router.service(VersionMoveViewService, versionMoveView(deps));
  router.service(DispatchViewService, dispatchView(deps));
  router.service(DestinationViewService, destinationView(deps));
  router.service(LicenceViewService, licenceView(deps));
  router.service(DispatchPackageViewService, packageView(deps));
  router.service(DispatchBulkViewService, bulkView(deps));
  router.service(SigningKeyViewService, signingKeyView(deps));
}

/** The web API below `/rpc`. Access is as each contract declares it, checked by the same interceptors as in services. */
export async function rpcRoutes(server: FastifyInstance, deps: ViewDeps, interceptors: Interceptor[]): Promise<void> {
  requireAccessDeclared(viewServices);
  await server.register(fastifyConnectPlugin, {
    prefix: "/rpc",
    interceptors: [ignoreNeedlessCredentials, ...interceptors, relayedErrors],
    readMaxBytes: 1024 * 1024,
    shutdownTimeoutMs: 1_000,
    contextValues: (request) => createContextValues().set(addressKey, request.ip),
    routes: (router) => viewRoutes(router, deps),
  });
}
