import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type CreateReportLinkRequest,
  CreateReportLinkRequestSchema,
  type ReportLinkService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import type pg from "pg";
import { requireDestination } from "../destination/destination.repository.ts";
import { requireDispatch } from "../dispatch/dispatch.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { openReport } from "./open-report.ts";
import { countLinks, insertLink, linkKeys, linkOfRequest, listLinks } from "./report-link.repository.ts";
import { hashOf, newToken, reportUrl, toReportLink } from "./report-link-row.ts";

/** ReportLinkService. */
export function reportLinkRpc(parts: DispatchParts): ServiceImpl<typeof ReportLinkService> {
  const { pool, now, config } = parts;
  return {
    createReportLink(request, context) {
      const tenantId = organizationOf(context);
      const hash = requestHash(CreateReportLinkRequestSchema, request);
      const expiresAt = request.expireTime ? timestampDate(request.expireTime) : null;
      return inTenant(pool(), tenantId, async (client) => {
        const known = await linkOfRequest(client, tenantId, request.requestId);
        if (known && known.request_hash !== hash) throw requestIdReused(request.requestId);
        // The token is not kept, so a repeat tells the link without it.
        if (known) return { reportLink: toReportLink(known), url: "" };
        if (expiresAt !== null && expiresAt <= now()) throw fieldInvalid("expire_time", "must be in the future");
        const of = await readShared(client, tenantId, request);
        const token = newToken();
        const row = await insertLink(client, {
          id: uuidV7(),
          tenant_id: tenantId,
          ...of,
          token_hash: hashOf(token),
          with_learners: request.withLearners,
          request_id: request.requestId,
          request_hash: hash,
          created_by: callerOf(context).id,
          created_at: now(),
          expires_at: expiresAt,
        });
        if (row === undefined) throw requestIdReused(request.requestId);
        return { reportLink: toReportLink(row), url: reportUrl(config.PUBLIC_URL, token) };
      });
    },

    listReportLinks(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("report links", tenantId, request);
      const start = readPageRequest(request.page, list);
      return inTenant(pool(), tenantId, async (client) => {
        const cut = cutPage(await listLinks(client, tenantId, request, start), start, list, linkKeys);
        const total = request.page?.withTotal ? { total: await countLinks(client, tenantId, request) } : {};
        return { reportLinks: cut.rows.map(toReportLink), page: { nextPageToken: cut.nextPageToken, ...total } };
      });
    },

    deleteReportLink({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        await client.query("delete from report_link where tenant_id = $1 and id = $2", [tenantId, id]);
        return {};
      });
    },

    openReport: (request) => openReport(parts, request),
  };
}

/** What the link is of. @throws DISPATCH_NOT_FOUND, DESTINATION_NOT_FOUND, ANALYTICS_NOT_SHARED */
async function readShared(
  client: pg.ClientBase,
  tenantId: string,
  { of }: CreateReportLinkRequest,
): Promise<{ dispatch_id: string | null; destination_id: string | null }> {
  if (of.case === "dispatchId") {
    const row = await requireDispatch(client, tenantId, { case: "id", value: of.value });
    if (!row.share_analytics) throw errors.analyticsNotShared({ dispatch_id: row.id });
    return { dispatch_id: row.id, destination_id: null };
  }
  if (of.case === undefined) throw fieldInvalid("of", "is required");
  const { id } = await requireDestination(client, tenantId, { case: "id", value: of.value });
  const { rowCount } = await client.query(
    "select from dispatch where destination_id = $1 and share_analytics limit 1",
    [id],
  );
  if (!rowCount) throw errors.analyticsNotShared({ dispatch_id: "" });
  return { dispatch_id: null, destination_id: id };
}
