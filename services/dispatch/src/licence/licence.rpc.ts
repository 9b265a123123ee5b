import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { requireDispatch } from "../dispatch/dispatch.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { countLicences, licenceKeys, listLicences, requireLicence, toLicence } from "./licence.repository.ts";
import { usageOfDispatches } from "./licence-usage.ts";
import { countRefusals, listRefusals, toRefusal } from "./list-refusals.ts";
import { countSeats, listSeats, seatKeys, toSeat } from "./list-seats.ts";
import { releaseSeat } from "./release-seat.ts";
import { resetUsage } from "./reset-usage.ts";

/** LicenceService. */
export function licenceRpc(parts: DispatchParts): ServiceImpl<typeof LicenceService> {
  const { pool, now } = parts;
  return {
    getLicence({ of }, context) {
      if (of.case === undefined) throw fieldInvalid("of", "is required");
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        licence: await requireLicence(client, tenantId, of, now()),
      }));
    },

    listLicences(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("licences", tenantId, request);
      const start = readPageRequest(request.page, list);
      const at = now();
      return inTenant(pool(), tenantId, async (client) => {
        const found = await listLicences(client, tenantId, request, start, at);
        const { rows, nextPageToken } = cutPage(found, start, list, licenceKeys);
        const ids = rows.map(({ id }) => id);
        const usages = await usageOfDispatches(client, ids, at);
        const total = request.page?.withTotal ? { total: await countLicences(client, tenantId, request, at) } : {};
        return {
          licences: rows.map((row) => toLicence({ case: "dispatchId", value: row.id }, row, usages.get(row.id), at)),
          page: { nextPageToken, ...total },
        };
      });
    },

    resetUsage({ of, requestId }, context) {
      if (of.case === undefined) throw fieldInvalid("of", "is required");
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => {
        await resetUsage(client, tenantId, requestId, of, now());
        return { licence: await requireLicence(client, tenantId, of, now()) };
      });
    },

    listSeats(request, context) {
      const tenantId = organizationOf(context);
      const { page, dispatchId } = request;
      const list = listFingerprint("seats", tenantId, request);
      const start = readPageRequest(page, list);
      const at = now();
      return inTenant(pool(), tenantId, async (client) => {
        await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
        const { rows, nextPageToken } = cutPage(await listSeats(client, dispatchId, start, at), start, list, seatKeys);
        const total = page?.withTotal ? { total: await countSeats(client, dispatchId, at) } : {};
        return { seats: rows.map(toSeat), page: { nextPageToken, ...total } };
      });
    },

    async releaseSeat(request, context) {
      await releaseSeat(parts, organizationOf(context), request);
      return {};
    },

    listRefusals(request, context) {
      const tenantId = organizationOf(context);
      const { page, dispatchId } = request;
      const list = listFingerprint("refusals", tenantId, request);
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        if (dispatchId !== "") await requireDispatch(client, tenantId, { case: "id", value: dispatchId });
        const found = await listRefusals(client, tenantId, request, start);
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const total = page?.withTotal ? { total: await countRefusals(client, tenantId, request) } : {};
        return { refusals: rows.map(toRefusal), page: { nextPageToken, ...total } };
      });
    },
  };
}
