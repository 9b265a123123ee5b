import { type Branding, readBranding, textOf } from "../dispatch-pages/branding.ts";
import { isRecord } from "../dispatch-protocol/host-result.ts";

/** Forms of a package that have a page. */
export type PackageFormat = "SCORM12" | "SCORM2004_3RD" | "SCORM2004_4TH";

/** What `package.js` says about the package: static, no secret. */
export interface LauncherPackage {
  /** Address without a slash at its end. */
  readonly gateway: string;
  readonly dispatchId: string;
  readonly packageId: string;
  readonly format: PackageFormat;
  readonly launcherVersion: string;
  /** Over dispatch, package and format; checked by the server. */
  readonly signature: string;
  readonly title: string;
  /** BCP 47, of the course; empty when unknown. */
  readonly language: string;
  readonly branding: Branding;
}

const FORMATS: readonly PackageFormat[] = ["SCORM12", "SCORM2004_3RD", "SCORM2004_4TH"];

/** Reads what `package.js` left in the window; undefined when that file is missing or damaged. */
export function readLauncherPackage(value: unknown): LauncherPackage | undefined {
  if (!isRecord(value)) return undefined;
  const text = (name: string) => textOf(value[name]);
  const format = FORMATS.find((it) => it === value.format);
  const gateway = text("gateway").replace(/\/+$/, "");
  if (format === undefined || !/^https?:\/\/[^/]+/.test(gateway) || text("dispatchId") === "") return undefined;
  return {
    gateway,
    dispatchId: text("dispatchId"),
    packageId: text("packageId"),
    format,
    launcherVersion: text("launcherVersion"),
    signature: text("signature"),
    title: text("title"),
    language: text("language"),
    branding: readBranding(value.branding),
  };
}
