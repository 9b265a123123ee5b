import { describe, expect, it } from "vitest";
import { ADLCP_SCORM12, IMSCP_SCORM12 } from "./detect-standard.ts";
import { createFileIndex } from "./file-index.ts";
import { readManifest } from "./read-manifest.ts";
import type { XmlElement } from "./xml-element.ts";

type Attributes = Readonly<Record<string, string>>;
let line = 0;

/** An element as the XML reader makes it; `adlcp:` and `xml:` set the namespace, every element has a line of its own. */
function el(name: string, attributes: Attributes = {}, ...inner: (XmlElement | string)[]): XmlElement {
  line += 1;
  const [prefix, local] = name.includes(":") ? (name.split(":") as [string, string]) : ["", name];
  return {
    name: local,
    prefix,
    namespace: prefix === "adlcp" ? ADLCP_SCORM12 : IMSCP_SCORM12,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      name: key.replace(/^(?:adlcp|xml):/, ""),
      namespace: key.startsWith("xml:")
        ? "http://www.w3.org/XML/1998/namespace"
        : key.includes(":")
          ? ADLCP_SCORM12
          : "",
      value,
    })),
    children: inner.filter((each) => typeof each !== "string"),
    text: inner.filter((each) => typeof each === "string").join(""),
    line,
  };
}

const metadata = (version = "1.2", ...more: XmlElement[]) =>
  el("metadata", {}, el("schema", {}, "ADL SCORM"), el("schemaversion", {}, version), ...more);
const item = (identifier: string, attributes: Attributes = {}, ...inner: XmlElement[]) =>
  el("item", { identifier, ...attributes }, el("title", {}, `Title ${identifier}`), ...inner);
const organization = (identifier: string, ...items: XmlElement[]) =>
  el("organization", { identifier }, el("title", {}, `Course ${identifier}`), ...items);
const resource = (identifier: string, href: string, attributes: Attributes = {}, ...inner: XmlElement[]) =>
  el("resource", { identifier, type: "webcontent", "adlcp:scormtype": "sco", href, ...attributes }, ...inner);
const manifest = (organizations: XmlElement, ...resources: XmlElement[]) =>
  el("manifest", { identifier: "m" }, metadata(), organizations, el("resources", {}, ...resources));
const oneItem = (...inner: XmlElement[]) =>
  el("organizations", { default: "o" }, organization("o", item("a", { identifierref: "r" }, ...inner)));

function read(root: XmlElement, ...files: string[]) {
  const reading = readManifest(root, createFileIndex(files));
  return { ...reading, rules: reading.findings.map((finding) => finding.rule) };
}

describe("the outline of a SCORM 1.2 manifest", () => {
  it("is the default organization with its clusters, leaves and item data", () => {
    const root = manifest(
      el(
        "organizations",
        { default: "second" },
        organization("first", item("x", { identifierref: "r" })),
        organization(
          "second",
          item("chapter", {}, item("a", { identifierref: "r", parameters: "?page=1", isvisible: "false" })),
          item(
            "test",
            { identifierref: "t" },
            el("adlcp:prerequisites", { type: "aicc_script" }, "a"),
            el("adlcp:masteryscore", {}, " 80 "),
          ),
        ),
      ),
      resource("r", "a b.html#top"),
      resource("t", "test.html?x=1", { "adlcp:scormtype": "asset" }),
    );
    const { outline, rules } = read(root, "a b.html", "test.html");
    expect(rules).toEqual(["scorm12.organization.others"]);
    expect(outline).toEqual({
      standard: "scorm12",
      manifestIdentifier: "m",
      organizationIdentifier: "second",
      title: "Course second",
      activities: [
        {
          identifier: "chapter",
          title: "Title chapter",
          visible: true,
          children: [
            {
              identifier: "a",
              title: "Title a",
              visible: false,
              launch: { href: "a%20b.html?page=1#top", type: "sco" },
              children: [],
            },
          ],
        },
        {
          identifier: "test",
          title: "Title test",
          visible: true,
          launch: { href: "test.html?x=1", type: "asset" },
          scorm12: { prerequisites: "a", masteryScore: "80" },
          children: [],
        },
      ],
    });
  });

  it("applies xml:base of manifest, resources and resource in this order", () => {
    const root = el(
      "manifest",
      { identifier: "m", "xml:base": "course" },
      metadata(),
      oneItem(),
      el("resources", { "xml:base": "pages/" }, resource("r", "../start.html", { "xml:base": "deep/" })),
    );
    expect(read(root, "course/pages/start.html").outline?.activities[0]?.launch?.href).toBe("course/pages/start.html");
  });

  it("gives the second of two equal identifiers a name of its own", () => {
    const root = manifest(
      el(
        "organizations",
        { default: "o" },
        organization("o", item("a", { identifierref: "r" }), item("a", { identifierref: "r" })),
      ),
      resource("r", "a.html"),
    );
    const { outline, rules } = read(root, "a.html");
    expect(outline?.activities.map((activity) => activity.identifier)).toEqual(["a", "a-2"]);
    expect(rules).toEqual(["manifest.identifier.duplicate"]);
  });

  it("leaves out item data that are not valid", () => {
    const data = (name: string, value: string) => el(`adlcp:${name}`, {}, value);
    const root = manifest(
      oneItem(
        data("masteryscore", "80%"),
        data("maxtimeallowed", "1h"),
        data("timelimitaction", "stop"),
        data("datafromlms", "x".repeat(300)),
      ),
      resource("r", "a.html"),
    );
    const { outline, rules } = read(root, "a.html");
    expect(outline?.activities[0]?.scorm12).toEqual({ dataFromLms: "x".repeat(300) });
    expect(rules).toEqual([
      "scorm12.masteryscore",
      "scorm12.maxtimeallowed",
      "scorm12.timelimitaction",
      "scorm12.datafromlms.length",
    ]);
  });

  it("plays the first organization when the default does not exist, and takes a title from what there is", () => {
    const nameless = el("organization", { identifier: "o" }, item("a", { identifierref: "r" }));
    const root = manifest(el("organizations", { default: "gone" }, nameless), resource("r", "a.html"));
    const { outline, rules } = read(root, "a.html");
    expect(outline?.title).toBe("o");
    expect(rules).toEqual(["scorm12.organization.default.unknown", "scorm12.organization.title.missing"]);
  });

  it("cuts titles that nobody could read", () => {
    const long = el("item", { identifier: "a", identifierref: "r" }, el("title", {}, "x".repeat(100_000)));
    const root = manifest(el("organizations", { default: "o" }, organization("o", long)), resource("r", "a.html"));
    expect(read(root, "a.html").outline?.activities[0]?.title).toHaveLength(501);
  });
});

describe("a manifest that cannot be played", () => {
  it.each([
    ["scorm12.resource.href.absent", manifest(oneItem(), resource("r", "gone.html"))],
    ["scorm12.resource.href.scheme", manifest(oneItem(), resource("r", "javascript:alert(1)"))],
    ["scorm12.resource.href.outside", manifest(oneItem(), resource("r", "../a.html"))],
    ["scorm12.item.resource.unknown", manifest(oneItem())],
    ["scorm12.organizations.missing", manifest(el("organizations"))],
    ["scorm12.organization.empty", manifest(el("organizations", { default: "o" }, organization("o")))],
    ["manifest.root", el("course")],
    ["manifest.standard.unknown", el("manifest", {})].map((each) =>
      typeof each === "string" ? each : { ...each, namespace: "" },
    ) as [string, XmlElement],
  ])("is refused whole: %s", (rule, root) => {
    const { outline, findings } = read(root, "a.html");
    expect(outline).toBeUndefined();
    expect(findings.filter((finding) => finding.severity === "error").map((finding) => finding.rule)).toEqual([rule]);
  });

  it("names SCORM 2004 with its edition", () => {
    const root = el("manifest", { identifier: "m" }, metadata("2004 3rd Edition"), oneItem());
    expect(read(root, "a.html").detected).toMatchObject({ standard: "scorm2004", name: "SCORM 2004 3rd Edition" });
  });
});

describe("a finding", () => {
  it("says file, line, clause and what a learner would notice", () => {
    const root = manifest(oneItem(), resource("r", "A.HTML"));
    const { findings } = read(root, "a.html");
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "scorm12.resource.href.case",
        severity: "warning",
        title: "The manifest says A.HTML, the package has a.html",
        meaning: expect.stringContaining("learners"),
        file: "imsmanifest.xml",
        line: expect.any(Number),
        clause: "RFC 3986, 6.2.2.1",
        otherLms: true,
      }),
    ]);
  });

  it("names twenty missing files and counts the others", () => {
    const listed = Array.from({ length: 25 }, (_, index) => el("file", { href: `gone-${index}.png` }));
    const { findings } = read(manifest(oneItem(), resource("r", "a.html", {}, ...listed)), "a.html");
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ rule: "scorm12.resource.files.missing", params: { count: "5" } });
  });
});

describe("what else a manifest tells", () => {
  it("is metadata and the authoring tool", () => {
    const text = (name: string, value: string) => el(name, {}, el("langstring", {}, value));
    const lom = el(
      "lom",
      {},
      el(
        "general",
        {},
        text("title", "A"),
        text("description", "About\n  it"),
        text("keyword", "one"),
        text("keyword", "two"),
      ),
      el("educational", {}, el("typicallearningtime", {}, el("datetime", {}, "PT1H"))),
    );
    const root = el(
      "manifest",
      { identifier: "m" },
      metadata("1.2", lom),
      oneItem(),
      el("resources", {}, resource("r", "a.html")),
    );
    expect(
      readManifest(root, createFileIndex(["a.html"]), { comments: [" Created by iSpring Suite 10.2 "] }),
    ).toMatchObject({
      metadata: { title: "A", description: "About it", keywords: ["one", "two"], typicalLearningTime: "PT1H" },
      tool: { name: "iSpring", version: "10.2" },
    });
  });

  it("can be told by the files that a tool writes", () => {
    const files = createFileIndex(["a.html", "story_content/user.js"]);
    expect(readManifest(manifest(oneItem(), resource("r", "a.html")), files).tool).toEqual({
      name: "Articulate Storyline",
    });
  });
});
