import { expect, it } from "vitest";
import { manifestWith } from "../hostile/hostile-package.ts";
import { packageLimits } from "../package-limits.ts";
import { PackageRefusal } from "../package-refusal.ts";
import { decodeXml } from "./decode-xml.ts";
import { readXml } from "./read-xml.ts";

const read = (text: string) => readXml(Buffer.from(text), "imsmanifest.xml", packageLimits.parse({}));

it("reads elements with namespaces, attributes, text and lines, and the comments", async () => {
  const { root, comments, problems } = await read(`<?xml version="1.0"?>
<!-- made by hand -->
<a:root xmlns:a="urn:a" xml:base="x/" a:one="1"
  two="2">
  text <![CDATA[<&>]]> <!-- inner --><child>\u00fc</child>
</a:root>`);
  expect(root).toMatchObject({
    name: "root",
    namespace: "urn:a",
    prefix: "a",
    line: 4,
    text: expect.stringMatching(/text <&>/),
  });
  expect(root.attributes).toEqual([
    { name: "base", namespace: "http://www.w3.org/XML/1998/namespace", value: "x/" },
    { name: "one", namespace: "urn:a", value: "1" },
    { name: "two", namespace: "", value: "2" },
  ]);
  expect(root.children).toEqual([
    { name: "child", namespace: "", prefix: "", attributes: [], children: [], text: "\u00fc", line: 5 },
  ]);
  expect(comments).toEqual([" made by hand ", " inner "]);
  expect(problems).toHaveLength(1);
});

it("finds nothing to say about a manifest that follows the schemas", async () => {
  expect((await read(manifestWith({}))).problems).toEqual([]);
});

it("names the line where a manifest leaves its schema, in words without namespaces", async () => {
  const { problems } = await read(manifestWith({}).replace('type="webcontent" ', ""));
  expect(problems).toEqual([
    { detail: "Element 'resource': The attribute 'type' is required but missing.", line: 5, extension: false },
  ]);
});

it("keeps line numbers when it blanks the declaration out", () => {
  const { text } = decodeXml(Buffer.from('<?xml version="1.0"\n encoding="UTF-8"?>\n<a/>'), "imsmanifest.xml");
  expect(text.split("\n").map((line) => line.trim())).toEqual(["", "", "<a/>"]);
});

it("says in which file and line a DOCTYPE stands", () => {
  const bytes = Buffer.from("<!-- a\n b -->\n<!DOCTYPE x><x/>");
  expect(() => decodeXml(bytes, "imsmanifest.xml")).toThrow(PackageRefusal);
  try {
    decodeXml(bytes, "imsmanifest.xml");
  } catch (error) {
    expect((error as PackageRefusal).finding).toMatchObject({ rule: "xml.doctype", file: "imsmanifest.xml", line: 3 });
  }
});

it("gives up on a manifest that takes too long or is no longer wanted, at any moment, and lives on", async () => {
  const text = `<manifest>${"<item>x</item>".repeat(5_000)}</manifest>`;
  const limits = packageLimits.parse({});
  for (const milliseconds of [0, 20, 60, 100, 140, 180]) {
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(new Error("canceled")), milliseconds);
    const reading = readXml(Buffer.from(text), "imsmanifest.xml", limits, stopped.signal);
    expect(await reading.then(() => "read", String), `after ${milliseconds} ms`).toMatch(/^read$|canceled/);
    const hurried = readXml(Buffer.from(text), "imsmanifest.xml", {
      ...limits,
      manifestMilliseconds: milliseconds + 1,
    });
    expect(
      await hurried.then(
        () => "read",
        (error: PackageRefusal) => error.name,
      ),
      `within ${milliseconds} ms`,
    ).toMatch(/^read$|PackageRefusal/);
  }
  expect((await read("<manifest/>")).root.name).toBe("manifest");
}, 60_000);
