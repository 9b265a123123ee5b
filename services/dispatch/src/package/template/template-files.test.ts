import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { runInNewContext } from "node:vm";
import { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { describe, expect, it } from "vitest";
import { aiccFindings } from "../aicc-findings.ts";
import { packageZip } from "../write-zip.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import type { PackageSettings } from "./package-settings.ts";
import { templateFiles } from "./template-files.ts";

const launcher = { script: Buffer.from("/* launcher */"), styles: Buffer.from("body {}"), version: "0123456789ab" };
const settings: PackageSettings = {
  packageId: "00000000-0000-7000-8000-000000000002",
  dispatchId: "00000000-0000-7000-8000-000000000001",
  format: PackageFormat.SCORM12,
  gateway: "https://learn.example.com",
  signature: `cmp1.k0123456789abcdef01234567.${"A".repeat(43)}`,
  launcherVersion: launcher.version,
  title: `Fire </script><script>alert("1")</script> & 'safety' \u0001`,
  versionText: "2.1",
  description: 'What to do "when" it burns\n[Course]\nand more',
  branding: { logoUrl: "", primaryColor: "#123456", secondaryColor: "", supportText: "Call 123", supportUrl: "" },
};

const filesOf = async (format: PackageFormat, more: Partial<PackageSettings> = {}) => {
  const files = await templateFiles({ ...settings, ...more, format }, launcher);
  return new Map(files.map(({ path, bytes }) => [path, bytes.toString()]));
};

describe("package of a browser's format", () => {
  it.each([
    [PackageFormat.SCORM12, 4],
    [PackageFormat.SCORM2004_3RD, 17],
    [PackageFormat.SCORM2004_4TH, 17],
  ])("has the manifest first, the page, and the schemas of its edition (%s)", async (format, schemas) => {
    const paths = [...(await filesOf(format)).keys()];
    expect(paths.slice(0, 5)).toEqual(["imsmanifest.xml", "index.html", "package.js", "launcher.js", "launcher.css"]);
    expect(paths.slice(5).every((path) => /\.(?:xsd|dtd)$/.test(path))).toBe(true);
    expect(paths.slice(5)).toHaveLength(schemas);
  });

  it("brings the schemas its manifest names", async () => {
    for (const format of [PackageFormat.SCORM12, PackageFormat.SCORM2004_3RD, PackageFormat.SCORM2004_4TH]) {
      const files = await filesOf(format);
      const location = /schemaLocation="([^"]+)"/.exec(files.get("imsmanifest.xml") ?? "")?.[1] ?? "";
      const named = location.split(/\s+/).filter((_, index) => index % 2 === 1);
      expect(named.length).toBeGreaterThan(2);
      for (const name of named) expect(files.has(name), name).toBe(true);
    }
  });

  it("tells the launcher where it is, whatever the title holds", async () => {
    const files = await filesOf(PackageFormat.SCORM12);
    const script = files.get("package.js") ?? "";
    expect(script).not.toContain("</script");
    const window: { coursemeshPackage?: Record<string, unknown> } = {};
    runInNewContext(script, { window });
    const { packageId, dispatchId, gateway, signature, title, branding } = settings;
    expect(window.coursemeshPackage).toEqual({
      ...{ protocol: 1, format: "SCORM12", language: "", launcherVersion: "0123456789ab" },
      ...{ packageId, dispatchId, gateway, signature, title, branding },
    });
  });

  it("loads nothing but its own files and runs nothing that stands in the page", async () => {
    for (const [path, text] of await filesOf(PackageFormat.SCORM2004_4TH)) {
      if (path !== "index.html") continue;
      const sources = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
      expect(sources).toEqual(["launcher.css", "package.js", "launcher.js"]);
      expect(text).not.toMatch(/<script>|\son\w+=|https?:/);
      expect(text).toContain("&lt;script&gt;");
    }
  });

  it("leaves completion and success to the course", async () => {
    const manifest = (await filesOf(PackageFormat.SCORM2004_3RD)).get("imsmanifest.xml") ?? "";
    expect(manifest).toContain('completionSetByContent="true" objectiveSetByContent="true"');
  });
});

describe("AICC package", () => {
  it("is in order, and its unit is an address of ours without a query", async () => {
    const files = await filesOf(PackageFormat.AICC);
    expect([...files.keys()]).toEqual(["course.crs", "course.au", "course.des", "course.cst"]);
    expect(aiccFindings(files)).toEqual([]);
    const { dispatchId, packageId, signature, gateway } = settings;
    expect(files.get("course.au")).toContain(`"${gateway}/dispatch/v1/aicc/${dispatchId}/${packageId}/${signature}"`);
    for (const text of files.values()) expect(text.endsWith("\r\n")).toBe(true);
  });

  it.each([
    ["course.au", ""],
    ["course.au", '"System_ID","File_Name"\r\n"A2","x"\r\n'],
    ["course.crs", "[Course]\r\n"],
    ["course.des", "System_ID\r\n"],
    ["course.cst", '"Block","Member"\r\n"root","A9"\r\n'],
  ])("is found wanting when %s is broken", async (path, text) => {
    const files = new Map(await filesOf(PackageFormat.AICC));
    expect(aiccFindings(files.set(path, text)).length).toBeGreaterThan(0);
    files.delete(path);
    expect(aiccFindings(files)).toContain(`there is no ${path.replace("course", "")} file`);
  });
});

it("makes the same bytes of the same settings, and others of other settings", async () => {
  const hashOf = async (more: Partial<PackageSettings>) => {
    const files = await templateFiles({ ...settings, ...more }, launcher);
    return createHash("sha256")
      .update(await buffer(packageZip(files)))
      .digest("hex");
  };
  expect(await hashOf({})).toBe(await hashOf({}));
  expect(await hashOf({ title: "Another" })).not.toBe(await hashOf({}));
});

it("keeps texts fit for XML and for one line", () => {
  expect(escapeText(`a<b>&"c'\u0000\ud800`)).toBe("a&lt;b&gt;&amp;&quot;c&#39;\ufffd");
  expect(oneLine("  a \n b ", 10)).toBe("a b");
  expect(oneLine("abcdef", 4)).toBe("abc…");
});
