import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type OpenReportRequest,
  type OpenReportResponseSchema,
  ReportLearnerSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import type pg from "pg";
import { effectiveBranding, type Look } from "../dispatch/effective-look.ts";
import { readDays } from "../dispatch_analytics/day-range.ts";
import { toDays } from "../dispatch_analytics/dispatch-analytics.rpc.ts";
import { readTimeline } from "../dispatch_analytics/read-figures.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { toUsage, usageOfDispatches } from "../licence/licence-usage.ts";
import { learnerKeys, listReportLearners } from "./report-learners.ts";
import { useLink } from "./report-link.repository.ts";
import { hashOf, type ReportLinkRow } from "./report-link-row.ts";

interface Subject {
  readonly title: string;
  readonly look: Look;
  readonly destinationLook: Look;
  /** Dispatches that share their analytics. */
  readonly dispatchIds: readonly string[];
}

/** What a link shows. @throws REPORT_LINK_INVALID when it is unknown, expired, ended, or nothing of it is shared any more */
export async function openReport(
  { pool, now }: DispatchParts,
  request: OpenReportRequest,
): Promise<MessageInitShape<typeof OpenReportResponseSchema>> {
  const days = readDays(request.range);
  const at = now();
  const link = await inSystem(pool(), (client) => useLink(client, hashOf(request.token), at));
  if (link === undefined) throw errors.reportLinkInvalid();
  const list = JSON.stringify(["report", link.id]);
  const start = readPageRequest(request.page, list);
  return inTenant(pool(), link.tenant_id, async (client) => {
    const subject = await readSubject(client, link);
    const timeline = await readTimeline(client, link.tenant_id, days, { dispatchIds: subject.dispatchIds });
    const usages = await usageOfDispatches(client, [...subject.dispatchIds], at);
    const learners = link.with_learners
      ? cutPage(await listReportLearners(client, subject.dispatchIds, start), start, list, learnerKeys)
      : undefined;
    return {
      title: subject.title,
      branding: effectiveBranding(subject.look, subject.destinationLook),
      summary: timeline.summary,
      timeline: toDays(days, timeline),
      usage: subject.dispatchIds.flatMap((id) => {
        const usage = usages.get(id);
        return usage ? [toUsage(usage, at)] : [];
      }),
      asOf: timestampFromDate(at),
      ...(learners && {
        learners: learners.rows.map((row) =>
          create(ReportLearnerSchema, {
            learnerId: row.learner_id,
            name: row.learner_name,
            completion: row.completion,
            success: row.success,
            totalSeconds: BigInt(row.total_seconds),
            lastActivityTime: timestampFromDate(row.last_activity_at),
            ...(row.score_raw !== null && { scoreRaw: row.score_raw }),
          }),
        ),
        page: { nextPageToken: learners.nextPageToken },
      }),
    };
  });
}

const NO_LOOK: Look = { branding: null, host_options: null };

async function readSubject(client: pg.ClientBase, link: ReportLinkRow): Promise<Subject> {
  const { rows } = await client.query<
    Look & { id: string; name: string; destination: string; destination_branding: Uint8Array | null }
  >(
    `select d.id, d.name, d.branding, d.host_options, s.name as destination, s.branding as destination_branding
     from dispatch d join destination s on s.id = d.destination_id
     where (d.id = $1 or d.destination_id = $2) and d.share_analytics order by d.name_key, d.id`,
    [link.dispatch_id, link.destination_id],
  );
  const [first] = rows;
  if (first === undefined) throw errors.reportLinkInvalid();
  return {
    title: link.dispatch_id === null ? first.destination : first.name,
    look: link.dispatch_id === null ? NO_LOOK : first,
    destinationLook: { branding: first.destination_branding, host_options: null },
    dispatchIds: rows.map(({ id }) => id),
  };
}
