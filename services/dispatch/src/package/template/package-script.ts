import { madeFormat } from "../package-format.ts";
import type { PackageSettings } from "./package-settings.ts";

/** Version of what launcher and gateway say to each other. */
export const DISPATCH_PROTOCOL = 1;

/** `package.js`: which dispatch and package this is and where launches go. Nothing in it is secret. */
export function packageScript(settings: PackageSettings): string {
  const { gateway, dispatchId, packageId, format, launcherVersion, signature, title, branding } = settings;
  const facts = {
    protocol: DISPATCH_PROTOCOL,
    gateway,
    dispatchId,
    packageId,
    format: madeFormat(format)?.name ?? "",
    launcherVersion,
    signature,
    title,
    language: "",
    branding,
  };
  // Some hosts put scripts into pages, and U+2028 ends a line in old browsers.
  const json = JSON.stringify(facts, null, 2)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return `window.coursemeshPackage = ${json};\n`;
}
