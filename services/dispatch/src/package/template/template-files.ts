import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type { LauncherFiles } from "../launcher-files.ts";
import { aiccFiles } from "./aicc-files.ts";
import { indexPage } from "./index-page.ts";
import { packageScript } from "./package-script.ts";
import type { PackageSettings, TemplateFile } from "./package-settings.ts";
import { schemaFiles } from "./schema-files.ts";
import { scorm12Manifest } from "./scorm12-manifest.ts";
import { scorm2004Manifest } from "./scorm2004-manifest.ts";

/** Changes whenever the same settings would make other bytes; part of what packages are cached by. */
export const TEMPLATE_VERSION = "1";

/** All files of a package, in the order they stand in it: the manifest first, as hosts look for it. */
export async function templateFiles(
  settings: PackageSettings,
  launcher: LauncherFiles,
): Promise<readonly TemplateFile[]> {
  if (settings.format === PackageFormat.AICC) return aiccFiles(settings);
  const page = [
    { path: "index.html", bytes: Buffer.from(indexPage(settings)) },
    { path: "package.js", bytes: Buffer.from(packageScript(settings)) },
    { path: "launcher.js", bytes: launcher.script },
    { path: "launcher.css", bytes: launcher.styles },
  ];
  const paths = page.map(({ path }) => path);
  const withManifest = async (edition: "scorm12" | "3rd" | "4th", manifest: string) => [
    { path: "imsmanifest.xml", bytes: Buffer.from(manifest) },
    ...page,
    ...(await schemaFiles(edition)),
  ];
  switch (settings.format) {
    case PackageFormat.SCORM12:
      return withManifest("scorm12", scorm12Manifest(settings, paths));
    case PackageFormat.SCORM2004_3RD:
      return withManifest("3rd", scorm2004Manifest(settings, "3rd", paths));
    case PackageFormat.SCORM2004_4TH:
      return withManifest("4th", scorm2004Manifest(settings, "4th", paths));
    default:
      throw new Error(`no packages are made in format ${settings.format}`);
  }
}
