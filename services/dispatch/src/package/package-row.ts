import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Package,
  type PackageFormat,
  PackageSchema,
  type PackageState,
  PackageStateSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";

/** A package as it is stored, with what its dispatch says of it. */
export interface PackageRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string | null;
  readonly destination_id: string | null;
  readonly format: PackageFormat;
  readonly state: PackageState;
  readonly filename: string;
  readonly size_bytes: string;
  readonly sha256: string;
  readonly blob_hash: string | null;
  readonly launcher_version: string;
  readonly signing_key_id: string;
  readonly css_url: string;
  readonly content_key: string;
  readonly download_count: string;
  readonly generation_ms: number;
  readonly error: string;
  readonly created_at: Date;
  readonly ready_at: Date | null;
  readonly last_download_at: Date | null;
  /** It, all packages of its time, or its key was revoked. */
  readonly revoked: boolean;
}

/** Condition over a package `p` and its dispatch `d`, if any: its launches are refused. */
const REVOKED = `(p.revoked_at is not null or (d.packages_revoked_before is not null and p.created_at < d.packages_revoked_before)
  or exists (select from signing_key k where k.id = p.signing_key_id and k.revoked_at is not null))`;

/** Reads packages as {@link PackageRow}. */
export const SELECT_PACKAGES = `select p.*, ${REVOKED} as revoked from package p left join dispatch d on d.id = p.dispatch_id`;

/** Condition: the package can be given to whoever asks for the same settings. */
export const USABLE = `not ${REVOKED}`;

/** A state in the words of errors. */
export function stateName({ state, revoked }: Pick<PackageRow, "state" | "revoked">): string {
  return revoked ? "REVOKED" : (PackageStateSchema.value[state]?.localName ?? "");
}

/** One package. @throws PACKAGE_NOT_FOUND */
export async function requirePackage(client: pg.ClientBase, tenantId: string, id: string): Promise<PackageRow> {
  const row = await findPackage(client, tenantId, id);
  if (row === undefined) throw errors.packageNotFound({ id });
  return row;
}

export async function findPackage(
  client: pg.ClientBase,
  tenantId: string,
  id: string,
): Promise<PackageRow | undefined> {
  const query = `${SELECT_PACKAGES} where p.tenant_id = $1 and p.id = $2`;
  return (await client.query<PackageRow>(query, [tenantId, id])).rows[0];
}

/** @param cached it was there when it was asked for. */
export function toPackage(row: PackageRow, cached = false): Package {
  return create(PackageSchema, {
    id: row.id,
    of:
      row.dispatch_id === null
        ? { case: "destinationId", value: row.destination_id ?? "" }
        : { case: "dispatchId", value: row.dispatch_id },
    format: row.format,
    state: row.state,
    filename: row.filename,
    sizeBytes: BigInt(row.size_bytes),
    sha256: row.sha256,
    launcherVersion: row.launcher_version,
    signingKeyId: row.signing_key_id,
    downloadCount: BigInt(row.download_count),
    generationMs: row.generation_ms,
    cached,
    revoked: row.revoked,
    error: row.error,
    createTime: timestampFromDate(row.created_at),
    ...(row.ready_at && { readyTime: timestampFromDate(row.ready_at) }),
    ...(row.last_download_at && { lastDownloadTime: timestampFromDate(row.last_download_at) }),
  });
}
