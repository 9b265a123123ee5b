import { describe, expect, it } from "vitest";
import { buildMultiScoPackage } from "./build-multi-sco-package.ts";
import { buildQuizPackage } from "./build-quiz-package.ts";
import { buildRemediationPackage } from "./build-remediation-package.ts";
import { scorm12Manifest } from "./scorm12-manifest.ts";
import { scorm2004Manifest } from "./scorm2004-manifest.ts";

describe("the sample courses", () => {
  it("are the same bytes every time they are built", async () => {
    expect((await buildQuizPackage()).equals(await buildQuizPackage())).toBe(true);
    expect((await buildMultiScoPackage()).equals(await buildMultiScoPackage())).toBe(true);
    expect((await buildRemediationPackage()).equals(await buildRemediationPackage())).toBe(true);
  });

  it("ask no other server for anything", async () => {
    const { readdir, readFile } = await import("node:fs/promises");
    const folder = new URL("../courses/", import.meta.url);
    const names = await readdir(folder, { recursive: true });
    for (const name of names.filter((each) => /\.(?:html|js|css)$/.test(each))) {
      const text = await readFile(new URL(name, folder), "utf8");
      expect(text, name).not.toMatch(/(?:src|href|url\(|import|from)\s*[=(]?\s*["']?(?:https?:)?\/\//);
    }
  });
});

describe("the manifest of a course", () => {
  it("escapes titles and lists every file once", () => {
    const items = [
      { identifier: "a", title: "Salt & <pepper>", href: "a.html" },
      { identifier: "b", title: "B", href: "b.html" },
    ];
    const manifest = scorm12Manifest({ identifier: "m", title: 'The "book"', items }, ["a.html", "b.html", "x y.css"]);
    expect(manifest).toContain("<title>Salt &amp; &lt;pepper&gt;</title>");
    expect(manifest).toContain('<file href="x%20y.css"/>');
    expect(manifest.match(/<file href="a.html"\/>/g)).toHaveLength(1);
  });

  it("puts a SCORM 2004 item's data after the items below it, where the schema wants them", () => {
    const inner = { identifier: "b", title: "B", href: "b.html", hideLmsUi: ["exit"] };
    const outer = { identifier: "a", title: "A", sequencing: '<imsss:controlMode flow="true"/>', items: [inner] };
    const manifest = scorm2004Manifest({ identifier: "m", title: "M", items: [outer] }, ["b.html"]);
    expect(manifest.match(/<(?:item|imsss|adlnav)[^>]*>/g)).toEqual([
      '<item identifier="a">',
      '<item identifier="b" identifierref="resource-b">',
      expect.stringContaining("adlnav:presentation"),
      "<adlnav:navigationInterface>",
      "<adlnav:hideLMSUI>",
      "<imsss:sequencing>",
      '<imsss:controlMode flow="true"/>',
    ]);
  });
});
