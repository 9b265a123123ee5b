import { buffer } from "node:stream/consumers";
import { checkPackage } from "@coursemesh/content/package/check-package.ts";
import type { PackageSettings } from "@coursemesh/dispatch/package/template/package-settings.ts";
import { templateFiles } from "@coursemesh/dispatch/package/template/template-files.ts";
import { packageZip } from "@coursemesh/dispatch/package/write-zip.ts";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { describe, expect, it } from "vitest";

const launcher = { script: Buffer.from("void 0;"), styles: Buffer.from("body {}"), version: "0123456789ab" };
const settings: Omit<PackageSettings, "format"> = {
  packageId: "00000000-0000-7000-8000-000000000002",
  dispatchId: "00000000-0000-7000-8000-000000000001",
  gateway: "https://learn.example.com",
  signature: `cmp1.k0123456789abcdef01234567.${"A".repeat(43)}`,
  launcherVersion: launcher.version,
  title: 'Fire & "safety" <für alle>',
  versionText: "2.1",
  description: "What to do when it burns",
  branding: { logoUrl: "", primaryColor: "", secondaryColor: "", supportText: "", supportUrl: "" },
};

const zipOf = async (format: PackageFormat): Promise<Buffer> =>
  buffer(packageZip(await templateFiles({ ...settings, format }, launcher)));

describe("packages of dispatches", () => {
  it.each([
    [PackageFormat.SCORM12, "SCORM 1.2"],
    [PackageFormat.SCORM2004_3RD, "SCORM 2004 3rd Edition"],
    [PackageFormat.SCORM2004_4TH, "SCORM 2004 4th Edition"],
  ])("follow their schemas, and our own importer has nothing to say about them (%s)", async (format, name) => {
    const report = await checkPackage(await zipOf(format), undefined);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({
      verdict: "ready",
      standardName: name,
      title: settings.title,
      scos: 1,
      activities: 1,
    });
  });

  it("would be found wanting if their manifest did not follow the schemas", async () => {
    const files = await templateFiles({ ...settings, format: PackageFormat.SCORM2004_4TH }, launcher);
    const broken = files.map((file) => ({
      ...file,
      bytes: Buffer.from(file.bytes.toString().replace('flow="true"', 'flow="perhaps"')),
    }));
    const { findings } = await checkPackage(await buffer(packageZip(broken)), undefined);
    expect(findings.length).toBeGreaterThan(0);
  });
});
