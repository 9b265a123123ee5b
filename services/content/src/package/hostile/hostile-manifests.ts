import { goodCourse, manifestWith, noted, refused, withManifest } from "./hostile-package.ts";
import { rawZip } from "./raw-zip.ts";

const launching = (href: string, more = "") =>
  withManifest(
    manifestWith({
      resources: `<resources ${more}><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="${href}"/></resources>`,
    }),
  );
const item = (inner: string, attributes = 'identifier="i" identifierref="r"') =>
  withManifest(
    manifestWith({
      organizations: `<organizations default="o"><organization identifier="o"><title>C</title><item ${attributes}><title>L</title>${inner}</item></organization></organizations>`,
    }),
  );
const only = (name: string) => () => rawZip([{ name, content: "x" }]);
const inFolder = (folder: string) => goodCourse().map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));

/** Manifests that point where they must not, that are not SCORM 1.2, or that are wrong or sloppy. */
export const hostileManifests = [
  refused("a start page above the package", "scorm12.resource.href.outside", launching("../../etc/passwd")),
  refused("an encoded climb", "scorm12.resource.href.outside", launching("%2e%2e/%2e%2e/etc/passwd")),
  refused(
    "an encoded climb with encoded slashes",
    "scorm12.resource.href.outside",
    launching("..%2f..%2fetc%2fpasswd"),
  ),
  refused("a climb with backslashes in an href", "scorm12.resource.href.outside", launching("..\\..\\evil.html")),
  refused("a climb in xml:base", "scorm12.resource.href.outside", launching("index.html", 'xml:base="../../"')),
  refused("a script as start page", "scorm12.resource.href.scheme", launching("javascript:alert(1)")),
  refused(
    "a script with odd capitals as start page",
    "scorm12.resource.href.scheme",
    launching(" JavaScript:alert(1)"),
  ),
  refused("a file of the computer as start page", "scorm12.resource.href.scheme", launching("file:///etc/passwd")),
  refused("data as start page", "scorm12.resource.href.scheme", launching("data:text/html,evil")),
  refused("a start page that is not there", "scorm12.resource.href.absent", launching("missing.html")),
  refused(
    "a resource that is not there",
    "scorm12.item.resource.unknown",
    item("", 'identifier="i" identifierref="nothing"'),
  ),
  refused("a resource without a start page", "scorm12.resource.href.missing", launching("")),
  refused(
    "no organization",
    "scorm12.organizations.missing",
    withManifest(manifestWith({ organizations: "<organizations/>" })),
  ),
  refused(
    "no items",
    "scorm12.organization.empty",
    withManifest(
      manifestWith({
        organizations:
          '<organizations default="o"><organization identifier="o"><title>C</title></organization></organizations>',
      }),
    ),
  ),
  refused("headings only", "scorm12.organization.nothing-to-launch", item("", 'identifier="i"')),
  refused("another root element", "manifest.root", withManifest("<html><body/></html>")),
  refused("a manifest that says nothing", "manifest.standard.unknown", withManifest("<manifest/>")),
  refused(
    "a Common Cartridge",
    "manifest.standard.unsupported",
    withManifest(
      manifestWith({
        root: 'identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
      }),
    ),
  ),
  refused("cmi5", "package.standard.unsupported", only("cmi5.xml")),
  refused("Tin Can", "package.standard.unsupported", only("tincan.xml")),
  refused("AICC", "package.standard.unsupported", only("course.au")),
  refused("a web site without a manifest", "package.manifest.missing", only("index.html")),
  refused("two courses", "package.several", () => rawZip([...inFolder("a"), ...inFolder("b")])),
  refused("a course in a folder beside other files", "package.manifest.nested", () =>
    rawZip([...inFolder("a"), { name: "x", content: "x" }]),
  ),
  noted("a course in a folder", "package.folder", () => rawZip(inFolder("My course"))),
  noted("a course in a folder beside litter", "package.litter", () =>
    rawZip([...inFolder("a"), { name: "__MACOSX/a/._index.html", content: "x" }]),
  ),
  noted("a manifest in capitals", "package.manifest.case", () =>
    rawZip(goodCourse().map((entry, index) => (index === 0 ? { ...entry, name: "IMSMANIFEST.XML" } : entry))),
  ),
  noted("a start page in other case", "scorm12.resource.href.case", launching("INDEX.html")),
  noted("a start page with a leading slash", "scorm12.resource.href.spelling", launching("/index.html")),
  noted("a start page on another site", "scorm12.resource.href.external", launching("https://example.com/course/")),
  noted(
    "a default organization that is not there",
    "scorm12.organization.default.unknown",
    withManifest(manifestWith({}).replace('default="o"', 'default="x"')),
  ),
  noted(
    "no namespace",
    "manifest.namespace",
    withManifest(manifestWith({ root: 'identifier="m" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"' })),
  ),
  noted(
    "two items of one identifier",
    "manifest.identifier.duplicate",
    item('<item identifier="i" identifierref="r"><title>L2</title></item>'),
  ),
  noted("a mastery score in percent", "scorm12.masteryscore", item("<adlcp:masteryscore>80%</adlcp:masteryscore>")),
  noted("a mastery score above 100", "scorm12.masteryscore", item("<adlcp:masteryscore>800</adlcp:masteryscore>")),
  noted("a time limit in minutes", "scorm12.maxtimeallowed", item("<adlcp:maxtimeallowed>30</adlcp:maxtimeallowed>")),
  noted(
    "an unknown time limit action",
    "scorm12.timelimitaction",
    item("<adlcp:timelimitaction>stop</adlcp:timelimitaction>"),
  ),
  noted(
    "prerequisites that name nobody",
    "scorm12.prerequisites.unknown",
    item('<adlcp:prerequisites type="aicc_script">nobody</adlcp:prerequisites>'),
  ),
  noted(
    "prerequisites in words",
    "scorm12.prerequisites.syntax",
    item('<adlcp:prerequisites type="aicc_script">i AND i</adlcp:prerequisites>'),
  ),
  noted(
    "an element in the wrong place",
    "xml.schema",
    withManifest(manifestWith({}).replace("<metadata>", "<title>x</title>\n<metadata>")),
  ),
  noted(
    "a listed file that is not there",
    "scorm12.resource.file.missing",
    withManifest(manifestWith({}).replace("</resource>", '<file href="gone.png"/></resource>')),
  ),
];
