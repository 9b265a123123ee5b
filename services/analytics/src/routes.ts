import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import { CourseReportService } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { LearnerReportService } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import { LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { RebuildService } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import { RegistrationFactsService } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { SavedReportService } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { UsageReportService } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";

/** Every service of the analytics contract. */
export const analyticsServices: readonly DescService[] = [
  CourseReportService,
  ExportService,
  LearnerReportService,
  LiveService,
  OverviewService,
  RebuildService,
  RegistrationFactsService,
  SavedReportService,
  UsageReportService,
];

/** The contract is there for others to build against; each RPC answers NOT_BUILT until its work lands. */
export function analyticsRoutes(router: ConnectRouter): void {
  for (const service of analyticsServices) registerPartly(router, service, {});
}
