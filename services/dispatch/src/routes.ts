import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { BulkOperationService } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { DeploymentService } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchAnalyticsService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { ExternalSessionService } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import { SigningKeyService } from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import { VersionMoveService } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";

/** Every service of the dispatch contract. */
export const dispatchServices: readonly DescService[] = [
  BulkOperationService,
  CallbackService,
  DeploymentService,
  DestinationService,
  DispatchService,
  DispatchAnalyticsService,
  ExternalSessionService,
  LaunchService,
  LicenceService,
  PackageService,
  ReceiptService,
  ReportLinkService,
  SigningKeyService,
  VersionMoveService,
];

/** What answers each service. */
export interface Handlers {
  readonly bulkOperation: Partial<ServiceImpl<typeof BulkOperationService>>;
  readonly callback: Partial<ServiceImpl<typeof CallbackService>>;
  readonly deployment: Partial<ServiceImpl<typeof DeploymentService>>;
  readonly destination: Partial<ServiceImpl<typeof DestinationService>>;
  readonly dispatch: Partial<ServiceImpl<typeof DispatchService>>;
  readonly dispatchAnalytics: Partial<ServiceImpl<typeof DispatchAnalyticsService>>;
  readonly externalSession: Partial<ServiceImpl<typeof ExternalSessionService>>;
  readonly launch: Partial<ServiceImpl<typeof LaunchService>>;
  readonly licence: Partial<ServiceImpl<typeof LicenceService>>;
  readonly package: Partial<ServiceImpl<typeof PackageService>>;
  readonly receipt: Partial<ServiceImpl<typeof ReceiptService>>;
  readonly reportLink: Partial<ServiceImpl<typeof ReportLinkService>>;
  readonly signingKey: Partial<ServiceImpl<typeof SigningKeyService>>;
  readonly versionMove: Partial<ServiceImpl<typeof VersionMoveService>>;
}

export function dispatchRoutes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    registerPartly(router, BulkOperationService, handlers.bulkOperation);
    registerPartly(router, CallbackService, handlers.callback);
    registerPartly(router, DeploymentService, handlers.deployment);
    registerPartly(router, DestinationService, handlers.destination);
    registerPartly(router, DispatchService, handlers.dispatch);
    registerPartly(router, DispatchAnalyticsService, handlers.dispatchAnalytics);
    registerPartly(router, ExternalSessionService, handlers.externalSession);
    registerPartly(router, LaunchService, handlers.launch);
    registerPartly(router, LicenceService, handlers.licence);
    registerPartly(router, PackageService, handlers.package);
    registerPartly(router, ReceiptService, handlers.receipt);
    registerPartly(router, ReportLinkService, handlers.reportLink);
    registerPartly(router, SigningKeyService, handlers.signingKey);
    registerPartly(router, VersionMoveService, handlers.versionMove);
  };
}
