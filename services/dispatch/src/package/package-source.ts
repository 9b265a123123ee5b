import { createHash } from "node:crypto";
import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import { effectiveBranding } from "../dispatch/effective-look.ts";
import { errors } from "../errors.ts";
import { packageSignature } from "../signing_key/package-signature.ts";
import type { OpenedKey } from "../signing_key/signing-keys.ts";
import { madeFormat } from "./package-format.ts";
import type { PackageBranding, PackageSettings } from "./template/package-settings.ts";
import { TEMPLATE_VERSION } from "./template/template-files.ts";

/** What a package takes from its dispatch. */
export interface PackageSource {
  readonly dispatchId: string;
  readonly title: string;
  readonly versionText: string;
  readonly description: string;
  readonly branding: PackageBranding;
}

/** What a package takes from this installation. */
export interface PackageMaker {
  readonly gateway: string;
  readonly launcherVersion: string;
  readonly key: OpenedKey;
}

interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly version_text: string;
  readonly description: string;
  readonly branding: Buffer | null;
  readonly destination_branding: Buffer | null;
}

/** Reads what packages of a dispatch are made from. @throws DISPATCH_NOT_FOUND */
export async function packageSource(
  client: pg.ClientBase,
  tenantId: string,
  dispatchId: string,
): Promise<PackageSource> {
  const { rows } = await client.query<SourceRow>(
    `select d.id, d.name, d.version_text, d.description, d.branding, s.branding as destination_branding
     from dispatch d join destination s on s.id = d.destination_id where d.tenant_id = $1 and d.id = $2`,
    [tenantId, dispatchId],
  );
  const [row] = rows;
  if (row === undefined) throw errors.dispatchNotFound({ id: dispatchId });
  const look = { branding: row.branding, host_options: null };
  const branding = effectiveBranding(look, { branding: row.destination_branding, host_options: null });
  const { logoUrl, primaryColor, secondaryColor, supportText, supportUrl } = branding;
  return {
    dispatchId: row.id,
    title: row.name,
    versionText: row.version_text,
    description: row.description,
    branding: { logoUrl, primaryColor, secondaryColor, supportText, supportUrl },
  };
}

/** Hash of all that decides a package's bytes but for its own id. */
export function contentKey(
  source: PackageSource,
  { gateway, launcherVersion, key }: PackageMaker,
  format: PackageFormat,
  cssUrl: string,
): string {
  const all = [TEMPLATE_VERSION, source, gateway, launcherVersion, key.id, format, cssUrl];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** Everything a package is made from. */
export function packageSettings(
  source: PackageSource,
  { gateway, launcherVersion, key }: PackageMaker,
  packageId: string,
  format: PackageFormat,
): PackageSettings {
  const signature = packageSignature(key, { dispatchId: source.dispatchId, packageId, format });
  return { ...source, packageId, format, gateway, signature, launcherVersion };
}

/** Name of a package's file, for every file system: letters, digits, dots and hyphens of the title. */
export function packageFilename(title: string, format: PackageFormat, archive = false): string {
  const words = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}.]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  const suffix = madeFormat(format)?.suffix ?? "package";
  return `${[...words].slice(0, 100).join("") || "course"}-${suffix}${archive ? "-packages" : ""}.zip`;
}
