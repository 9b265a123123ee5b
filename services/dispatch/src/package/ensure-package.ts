import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { PackageFormat, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { type LauncherFiles, LauncherMissing, noLauncher, readLauncher } from "./launcher-files.ts";
import { findPackage, type PackageRow, SELECT_PACKAGES, USABLE } from "./package-row.ts";
import { contentKey, type PackageMaker, packageFilename, packageSource } from "./package-source.ts";
import { queueGeneration } from "./queue-generation.ts";

/** A package that is wanted of one dispatch. */
export interface WantedPackage {
  readonly tenantId: string;
  readonly dispatchId: string;
  readonly format: PackageFormat;
  readonly cssUrl: string;
}

/** The launcher that packages of a format carry. @throws LauncherMissing */
export function launcherOf(parts: DispatchParts, format: PackageFormat): Promise<LauncherFiles> {
  return format === PackageFormat.AICC ? Promise.resolve(noLauncher) : readLauncher(parts.config.LAUNCHER_DIR);
}

/** What packages are made with now. Where the launcher is missing its version is `missing`: generating says what is wrong. */
export async function packageMaker(
  parts: DispatchParts,
  tenantId: string,
  format: PackageFormat,
): Promise<PackageMaker> {
  const launcherVersion = await launcherOf(parts, format).then(
    ({ version }) => version,
    (error: unknown) => {
      if (error instanceof LauncherMissing) return "missing";
      throw error;
    },
  );
  return { gateway: parts.config.PUBLIC_URL, launcherVersion, key: await parts.keys.current(tenantId) };
}

/**
 * The package of these settings: one that is there already, or a new one that waits to be generated.
 * @throws DISPATCH_NOT_FOUND
 */
export async function ensurePackage(
  parts: DispatchParts,
  client: pg.ClientBase,
  maker: PackageMaker,
  { tenantId, dispatchId, format, cssUrl }: WantedPackage,
): Promise<{ readonly row: PackageRow; readonly cached: boolean }> {
  const source = await packageSource(client, tenantId, dispatchId);
  const key = contentKey(source, maker, format, cssUrl);
  // Two requests for the same at once make one package.
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`dispatch package ${key}`]);
  const { rows } = await client.query<PackageRow>(
    `${SELECT_PACKAGES} where p.tenant_id = $1 and p.content_key = $2 and p.state < ${PackageState.FAILED} and ${USABLE}
     order by p.id desc limit 1`,
    [tenantId, key],
  );
  if (rows[0]) return { row: rows[0], cached: true };
  const id = uuidV7();
  await client.query(
    `insert into package (id, tenant_id, dispatch_id, format, state, filename, launcher_version, signing_key_id, css_url, content_key)
     values ($1, $2, $3, $4, ${PackageState.WAITING}, $5, $6, $7, $8, $9)`,
    [
      id,
      tenantId,
      dispatchId,
      format,
      packageFilename(source.title, format),
      maker.launcherVersion,
      maker.key.id,
      cssUrl,
      key,
    ],
  );
  const row = await findPackage(client, tenantId, id);
  if (row === undefined) throw new Error("the package was not written");
  await queueGeneration(parts.jobs(), client, row);
  return { row, cached: false };
}
