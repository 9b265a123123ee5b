import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
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

/** What answers each of them. */
export interface Handlers {
  readonly courseReport: ServiceImpl<typeof CourseReportService>;
  readonly export: ServiceImpl<typeof ExportService>;
  readonly learnerReport: ServiceImpl<typeof LearnerReportService>;
  readonly live: ServiceImpl<typeof LiveService>;
  readonly overview: ServiceImpl<typeof OverviewService>;
  readonly rebuild: ServiceImpl<typeof RebuildService>;
  readonly registrationFacts: ServiceImpl<typeof RegistrationFactsService>;
  readonly savedReport: ServiceImpl<typeof SavedReportService>;
  readonly usageReport: ServiceImpl<typeof UsageReportService>;
}

export function analyticsRoutes(handlers: Handlers): (router: ConnectRouter) => void {
  return (router) => {
    router.service(CourseReportService, handlers.courseReport);
    router.service(ExportService, handlers.export);
    router.service(LearnerReportService, handlers.learnerReport);
    router.service(LiveService, handlers.live);
    router.service(OverviewService, handlers.overview);
    router.service(RebuildService, handlers.rebuild);
    router.service(RegistrationFactsService, handlers.registrationFacts);
    router.service(SavedReportService, handlers.savedReport);
    router.service(UsageReportService, handlers.usageReport);
  };
}
