import type { ServiceImpl } from "@connectrpc/connect";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { CustomerReportViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toDayView, toFiguresView } from "./figures.mapper.ts";

const LEARNERS = 50;

/** The page of a customer's link. Whether it holds is decided by the service that keeps links. */
export function customerReportView({ clients }: ViewDeps): ServiceImpl<typeof CustomerReportViewService> {
  return {
    async openCustomerReport({ token, firstDay, lastDay, timeZone, pageToken }) {
      const found = await clients.of(ReportLinkService).openReport({
        token,
        range: { firstDay, lastDay, timeZone },
        page: { pageSize: LEARNERS, pageToken },
      });
      const { branding } = found;
      return {
        title: found.title,
        logoUrl: branding?.logoUrl ?? "",
        primaryColor: branding?.primaryColor ?? "",
        supportText: branding?.supportText ?? "",
        supportUrl: branding?.supportUrl ?? "",
        ...(found.summary && { summary: toFiguresView(found.summary) }),
        days: found.timeline.map(toDayView),
        learners: found.learners.map(({ learnerId, name, completion, success, scoreRaw, totalSeconds, ...rest }) => ({
          learnerId,
          name,
          result: {
            completion: textOfEnum(Completion, completion),
            success: textOfEnum(Success, success),
            totalSeconds: Number(totalSeconds),
            ...(scoreRaw !== undefined && { scoreRaw }),
          },
          lastActivityTime: millisOf(rest.lastActivityTime),
        })),
        withLearners: found.page !== undefined,
        nextPageToken: found.page?.nextPageToken ?? "",
        asOf: millisOf(found.asOf),
        used: found.usage.reduce((sum, { used }) => sum + used, 0n),
        seatsTaken: BigInt(found.usage.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0)),
      };
    },
  };
}
