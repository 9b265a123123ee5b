import { CourseReportService } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { LearnerReportService } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import { LiveService } from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { RebuildService } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import { RegistrationFactsService } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { SavedReportService } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { UsageReportService } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";

/** Reports and exports. */
export const analytics = {
  courseReports: CourseReportService,
  exports: ExportService,
  learnerReports: LearnerReportService,
  live: LiveService,
  overview: OverviewService,
  rebuilds: RebuildService,
  registrationFacts: RegistrationFactsService,
  savedReports: SavedReportService,
  usageReports: UsageReportService,
} as const;
