import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type CreatePackageRequest,
  CreatePackageRequestSchema,
  type Package,
  type PackageFormat,
  PackageState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { ensurePackage, packageMaker } from "./ensure-package.ts";
import { madeFormat, madeFormatNames } from "./package-format.ts";
import { findPackage, type PackageRow, requirePackage, toPackage } from "./package-row.ts";
import { packageFilename } from "./package-source.ts";
import { queueGeneration } from "./queue-generation.ts";

/** Makes a package, or finds the one of the same settings. @throws DISPATCH_NOT_FOUND, DESTINATION_NOT_FOUND, FORMAT_UNSUPPORTED, REQUEST_ID_REUSED */
export async function createPackage(
  parts: DispatchParts,
  tenantId: string,
  request: CreatePackageRequest,
): Promise<Package> {
  const { format, of, cssUrl, requestId } = request;
  if (madeFormat(format) === undefined)
    throw errors.formatUnsupported({ format: String(format), supported: madeFormatNames.join(", ") });
  const hash = requestHash(CreatePackageRequestSchema, request);
  const maker = await packageMaker(parts, tenantId, format);
  return inTenant(parts.pool(), tenantId, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `dispatch package request ${requestId}`,
    ]);
    const known = await packageOfRequest(client, tenantId, requestId);
    if (known) {
      if (known.request_hash !== hash) throw requestIdReused(requestId);
      return toPackage(await requirePackage(client, tenantId, known.package_id), known.cached);
    }
    const { row, cached } =
      of.case === "destinationId"
        ? { row: await insertArchive(parts, client, tenantId, of.value, format, cssUrl), cached: false }
        : await ensurePackage(parts, client, maker, { tenantId, dispatchId: of.value ?? "", format, cssUrl });
    await client.query(
      "insert into package_request (tenant_id, request_id, request_hash, package_id, cached) values ($1, $2, $3, $4, $5)",
      [tenantId, requestId, hash, row.id, cached],
    );
    return toPackage(row, cached);
  });
}

interface RequestRow {
  readonly request_hash: string;
  readonly package_id: string;
  readonly cached: boolean;
}

async function packageOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<RequestRow | undefined> {
  const query = "select * from package_request where tenant_id = $1 and request_id = $2";
  return (await client.query<RequestRow>(query, [tenantId, requestId])).rows[0];
}

/** An archive is always made anew: what is in it is found when it is generated. */
async function insertArchive(
  parts: DispatchParts,
  client: pg.ClientBase,
  tenantId: string,
  destinationId: string,
  format: PackageFormat,
  cssUrl: string,
): Promise<PackageRow> {
  const { rows } = await client.query<{ name: string }>(
    "select name from destination where tenant_id = $1 and id = $2",
    [tenantId, destinationId],
  );
  const [destination] = rows;
  if (destination === undefined) throw errors.destinationNotFound({ id: destinationId });
  const id = uuidV7();
  await client.query(
    `insert into package (id, tenant_id, destination_id, format, state, filename, css_url)
     values ($1, $2, $3, $4, ${PackageState.WAITING}, $5, $6)`,
    [id, tenantId, destinationId, format, packageFilename(destination.name, format, true), cssUrl],
  );
  const row = await findPackage(client, tenantId, id);
  if (row === undefined) throw new Error("the archive was not written");
  await queueGeneration(parts.jobs(), client, row);
  return row;
}
