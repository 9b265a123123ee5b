import { manifestWith, noted, ready, refused, withManifest } from "./hostile-package.ts";

const doctype = '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n';
const laughs = Array.from({ length: 10 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const bigEndian = (text: string) => utf16(text).swap16();
const utf32 = (text: string) =>
  Buffer.from(new Uint32Array(Array.from(text, (letter) => letter.codePointAt(0) ?? 0)).buffer);
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
const titled = (title: string) =>
  `<organizations default="o"><organization identifier="o"><title>${title}</title><item identifier="i" identifierref="r"><title>L</title></item></organization></organizations>`;

/** Manifests that attack the parser, or that are hardly XML. */
export const hostileXml = [
  refused("an external entity", "xml.doctype", withManifest(manifestWith({ before: doctype }))),
  refused(
    "an external entity in UTF-16",
    "xml.doctype",
    withManifest(utf16(manifestWith({ declaration: declared("UTF-16"), before: doctype }))),
  ),
  refused(
    "an external entity in big-endian UTF-16",
    "xml.doctype",
    withManifest(bigEndian(manifestWith({ declaration: declared("UTF-16"), before: doctype }))),
  ),
  refused(
    "an external entity in UTF-16 without a mark",
    "xml.doctype",
    withManifest(Buffer.from(manifestWith({ declaration: "", before: doctype }).trimStart(), "utf16le")),
  ),
  refused(
    "an external entity in UTF-7",
    "xml.encoding",
    withManifest(manifestWith({ declaration: declared("UTF-7"), before: "+ADwAIQ-DOCTYPE" })),
  ),
  refused(
    "a billion laughs",
    "xml.doctype",
    withManifest(manifestWith({ before: `<!DOCTYPE m [<!ENTITY l0 "ha">${laughs}]>\n` })),
  ),
  refused(
    "a DOCTYPE behind comments and instructions",
    "xml.doctype",
    withManifest(manifestWith({ before: `<!-- a --><?b c?>\n<!-- - -->${doctype}` })),
  ),
  refused("a DOCTYPE in small letters", "xml.doctype", withManifest(manifestWith({ before: "<!doctype manifest>\n" }))),
  refused(
    "an entity that was never declared",
    "xml.malformed",
    withManifest(manifestWith({ organizations: titled("&evil;") })),
  ),
  refused("UTF-32", "xml.encoding", withManifest(utf32(manifestWith({})))),
  refused("an encoding of mainframes", "xml.encoding", withManifest(manifestWith({ declaration: declared("IBM037") }))),
  refused(
    "an encoding in which markup can hide",
    "xml.encoding",
    withManifest(manifestWith({ declaration: declared("ISO-2022-JP") })),
  ),
  refused("a tag that is not closed", "xml.malformed", withManifest(manifestWith({}).replace("</organization>", ""))),
  refused("an empty manifest", "xml.malformed", withManifest("")),
  refused("a manifest of zeros", "xml.encoding", withManifest(Buffer.alloc(500))),
  refused(
    "a picture called imsmanifest.xml",
    "xml.malformed",
    withManifest(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  ),
  refused(
    "a tree of 200 levels",
    "xml.depth",
    withManifest(manifestWith({ organizations: `${"<item>".repeat(200)}${"</item>".repeat(200)}` })),
  ),
  refused(
    "a tree of 60,000 levels",
    "xml.malformed",
    withManifest(manifestWith({ organizations: `${"<item>".repeat(60_000)}${"</item>".repeat(60_000)}` })),
  ),
  refused(
    "a hundred thousand elements",
    "xml.elements",
    withManifest(manifestWith({ resources: `<resources>${"<resource/>".repeat(100_000)}</resources>` })),
  ),
  refused(
    "a manifest of five megabytes",
    "package.manifest.size",
    withManifest(manifestWith({ before: `<!--${Buffer.alloc(5_000_000, "0123456789abcdefghi\n").toString()}-->` })),
  ),
  refused("an attribute twice", "xml.malformed", withManifest(manifestWith({ resources: '<resources a="1" a="2"/>' }))),
  refused(
    "half a million comments before the root",
    "xml.elements",
    withManifest(manifestWith({ before: "<!---->".repeat(500_000) })),
  ),
  ready(
    "a manifest with as many elements as are allowed",
    withManifest(manifestWith({}).replace("</resource>", `${'<file href="index.html"/>'.repeat(24_980)}</resource>`)),
  ),
  noted(
    "a manifest with as many mistakes as fit",
    "xml.schema.more",
    withManifest(manifestWith({}).replace("</resource>", `${'<file hrf=""/>\n'.repeat(24_980)}</resource>`)),
  ),
  refused(
    "an element with a hundred thousand attributes",
    "xml.elements",
    withManifest(
      manifestWith({
        resources: `<resources ${Array.from({ length: 200_000 }, (_, index) => `a${index}=""`).join(" ")}/>`,
      }),
    ),
  ),
  refused("a manifest that takes longer than is allowed", "xml.time", withManifest(manifestWith({})), {
    manifestMilliseconds: 1,
  }),
  noted(
    "an XInclude of a secret file",
    "xml.schema.extension",
    withManifest(
      manifestWith({
        resources:
          '<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></resource></resources>',
      }),
    ),
  ),
  ready(
    "schemas on another server",
    withManifest(
      manifestWith({
        root: 'identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 http://127.0.0.1:9/evil.xsd"',
      }),
    ),
  ),
  ready("UTF-16, honestly", withManifest(utf16(manifestWith({ declaration: declared("UTF-16") })))),
  ready(
    "ISO-8859-1, honestly",
    withManifest(
      Buffer.from(manifestWith({ declaration: declared("ISO-8859-1"), organizations: titled("Übung") }), "latin1"),
    ),
  ),
  noted(
    "Windows letters called UTF-8",
    "xml.encoding.wrong",
    withManifest(Buffer.from(manifestWith({ organizations: titled("Übung") }), "latin1")),
  ),
  noted("blanks before the declaration", "xml.leading", withManifest(`\n  ${manifestWith({})}`)),
];
