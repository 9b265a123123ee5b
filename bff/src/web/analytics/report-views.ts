import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { RegistrationFactsService } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { SavedReportService } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { readBoardQuestion } from "./board-question.ts";
import { toFigure } from "./figure.mapper.ts";
import { toFactRow } from "./figures.mapper.ts";
import { toQuestion, toReportRow, toReportView } from "./report.mapper.ts";

/** Reports a person sees. */
const REPORTS = 500;
const FIELDS = ["name", "description", "question", "view", "shared"];

type Reports = "listFigureRegistrations" | "listReports" | "runReport" | "saveReport" | "deleteReport";

/** What is behind a number, and reports that people put together. */
export function reportViews({ clients }: ViewDeps): Pick<ServiceImpl<typeof AnalyticsViewService>, Reports> {
  const reports = clients.of(SavedReportService);
  return {
    async listFigureRegistrations({ question, figure, pageSize, pageToken }) {
      const { period, filter } = readBoardQuestion(question);
      const page = { pageSize, pageToken, withTotal: true };
      const answer = await clients
        .of(RegistrationFactsService)
        .listRegistrationFacts({ ...toFigure(figure), page, period, filter });
      return {
        registrations: answer.registrations.map(toFactRow),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
        asOf: millisOf(answer.freshness?.asOf),
      };
    },

    async listReports(_, context) {
      const { savedReports } = await reports.listSavedReports({ page: { pageSize: REPORTS } });
      const viewer = callerOf(context).id;
      return { reports: savedReports.map((report) => toReportView(report, viewer)) };
    },

    async runReport({ reportId, report, pageSize, pageToken }, context) {
      const page = { pageSize, pageToken, withTotal: true };
      const saved = reportId === "" ? undefined : (await reports.getSavedReport({ id: reportId })).savedReport;
      const answer = await reports.runReport({
        page,
        by: saved ? { case: "savedReportId", value: saved.id } : { case: "question", value: toQuestion(report) },
      });
      const ran = saved ? toReportView(saved, callerOf(context).id) : report;
      return {
        ...(ran && { report: ran }),
        rows: answer.rows.map(toReportRow),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
        asOf: millisOf(answer.freshness?.asOf),
      };
    },

    async saveReport({ requestId, report }, context) {
      const question = toQuestion(report);
      const { id = "", name = "", description = "", view = "", shared = false, etag = "" } = report ?? {};
      const kept = { id, name, description, view, shared, etag, question };
      const { savedReport } =
        id === ""
          ? await reports.createSavedReport({ requestId: requestId || uuidV7(), savedReport: kept })
          : await reports.updateSavedReport({ savedReport: kept, updateMask: { paths: FIELDS } });
      return savedReport ? { report: toReportView(savedReport, callerOf(context).id) } : {};
    },

    async deleteReport({ id }) {
      await reports.deleteSavedReport({ id });
      return {};
    },
  };
}
