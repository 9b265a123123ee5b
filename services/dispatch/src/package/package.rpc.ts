import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { createPackage } from "./create-package.ts";
import { downloadPackage } from "./download-package.ts";
import { inspectPackage } from "./inspect-package.ts";
import { type PackageRow, requirePackage, SELECT_PACKAGES, toPackage } from "./package-row.ts";
import { revokePackage } from "./revoke-package.ts";

/** PackageService. */
export function packageRpc(parts: DispatchParts): ServiceImpl<typeof PackageService> {
  return {
    async createPackage(request, context) {
      return { package: await createPackage(parts, organizationOf(context), request) };
    },

    getPackage({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(parts.pool(), tenantId, async (client) => ({
        package: toPackage(await requirePackage(client, tenantId, id)),
      }));
    },

    listPackages({ page, dispatchId, destinationId, formats }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify(["packages", tenantId, dispatchId, destinationId, formats]);
      const start = readPageRequest(page, list);
      const where = `p.tenant_id = $1 and ($2::uuid is null or p.dispatch_id = $2)
        and ($3::uuid is null or p.destination_id = $3 or d.destination_id = $3) and (cardinality($4::int[]) = 0 or p.format = any($4))`;
      const values = [tenantId, dispatchId || null, destinationId || null, formats];
      return inTenant(parts.pool(), tenantId, async (client) => {
        const { rows: found } = await client.query<PackageRow>(
          `${SELECT_PACKAGES} where ${where} and ($5::uuid is null or p.id < $5) order by p.id desc limit $6`,
          [...values, start.after?.[0] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const { rows: counts } = page?.withTotal
          ? await client.query<{ count: string }>(
              `select count(*) from package p left join dispatch d on d.id = p.dispatch_id where ${where}`,
              values,
            )
          : { rows: [] };
        const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
        return { packages: rows.map((row) => toPackage(row)), page: { nextPageToken, ...total } };
      });
    },

    downloadPackage: (request, context) => downloadPackage(parts, organizationOf(context), request, context.signal),

    inspectPackage: ({ id }, context) => inspectPackage(parts, organizationOf(context), id),

    async revokePackage({ id }, context) {
      const tenantId = organizationOf(context);
      await inTenant(parts.pool(), tenantId, (client) => revokePackage(client, tenantId, id, parts.now()));
      return {};
    },
  };
}
