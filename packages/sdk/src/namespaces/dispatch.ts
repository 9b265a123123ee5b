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

/** Courses in other organizations' LMSs. */
export const dispatch = {
  bulkOperations: BulkOperationService,
  callbacks: CallbackService,
  deployments: DeploymentService,
  destinations: DestinationService,
  dispatchAnalytics: DispatchAnalyticsService,
  dispatches: DispatchService,
  externalSessions: ExternalSessionService,
  launches: LaunchService,
  licences: LicenceService,
  packages: PackageService,
  receipts: ReceiptService,
  reportLinks: ReportLinkService,
  signingKeys: SigningKeyService,
  versionMoves: VersionMoveService,
} as const;
