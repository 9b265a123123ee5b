import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";

/** How a package greets its learner before anything is loaded from here. */
export interface PackageBranding {
  readonly logoUrl: string;
  readonly primaryColor: string;
  readonly secondaryColor: string;
  readonly supportText: string;
  readonly supportUrl: string;
}

/** Everything that decides the bytes of a package, whatever its format. Nothing in it is secret. */
export interface PackageSettings {
  readonly packageId: string;
  readonly dispatchId: string;
  readonly format: PackageFormat;
  /** Address that launches go to, without a slash at its end. */
  readonly gateway: string;
  /** Proves that the package is ours, see `packageSignature`. */
  readonly signature: string;
  readonly launcherVersion: string;
  readonly title: string;
  /** The seller's own version text. */
  readonly versionText: string;
  readonly description: string;
  readonly branding: PackageBranding;
}

/** A file of a package. */
export interface TemplateFile {
  readonly path: string;
  readonly bytes: Buffer;
}
