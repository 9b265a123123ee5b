import { noted2004, ready2004, refused2004 } from "./scorm2004-package.ts";

const resource = (attributes: string, inner = '<file href="index.html"/>') => ({
  resource: `<resource identifier="r" type="webcontent" ${attributes}>${inner}</resource>`,
});
const sco = (href: string) => resource(`adlcp:scormType="sco" href="${href}"`, "");
const root = (namespaces: string) => ({ root: `identifier="m" ${namespaces}`, inOrganization: "" });
const version = (text: string) => ({ version: text === "" ? "" : `<schemaversion>${text}</schemaversion>` });

/** Manifests of SCORM 2004 that are wrong or sloppy about editions, organizations, items, resources and what items say beside sequencing. */
export const scorm2004Items = [
  ready2004("a good course", {}),
  ready2004("a good course of the 3rd edition", version("2004 3rd Edition")),
  ready2004("a good course of the 2nd edition", version("CAM 1.3")),
  noted2004("no schema version", "scorm2004.edition.assumed", 3, version("")),
  noted2004("a schema version that names no edition", "scorm2004.edition.assumed", 3, version("2004")),
  noted2004("shared data in the 3rd edition", "scorm2004.edition.feature", 6, {
    ...version("2004 3rd Edition"),
    inItem: '<adlcp:data><adlcp:map targetID="notes"/></adlcp:data>',
  }),
  noted2004("the namespaces of SCORM 1.2", "scorm2004.namespace", 2, {
    ...root(
      'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    ),
    ...resource('adlcp:scormtype="sco" href="index.html"'),
  }),
  noted2004("no namespaces", "scorm2004.namespace", 2, {
    ...root('xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'),
  }),
  noted2004("an inner manifest", "scorm2004.submanifest", 13, { after: '<manifest identifier="inner"/>' }),
  refused2004("no organization", "scorm2004.organizations.missing", 4, {
    organizations: "<organizations/><!--",
    resource: '--><resources><resource identifier="x" type="webcontent"/>',
  }),
  refused2004("an organization without items", "scorm2004.organization.empty", 4, {
    item: "<metadata>",
    inItem: "</metadata><!--",
    inOrganization: "-->",
  }),
  refused2004("headings only", "scorm2004.organization.nothing-to-launch", 4, {
    item: '<item identifier="i"><title>Lesson</title>',
  }),
  noted2004("no default organization", "scorm2004.organization.default.missing", 4, {
    organizations: '<organizations><organization identifier="o"><title>Course</title>',
  }),
  noted2004("a default organization that is not there", "scorm2004.organization.default.unknown", 4, {
    organizations: '<organizations default="x"><organization identifier="o"><title>Course</title>',
  }),
  refused2004("a resource that is not there", "scorm2004.item.resource.unknown", 5, {
    item: '<item identifier="i" identifierref="nothing"><title>Lesson</title>',
  }),
  noted2004("two items of one identifier", "manifest.identifier.duplicate", 8, {
    inOrganization: '<item identifier="i" identifierref="r"><title>Again</title></item>',
  }),
  noted2004("an item without an identifier", "scorm2004.item.identifier.missing", 5, {
    item: '<item identifierref="r"><title>Lesson</title>',
  }),
  noted2004("an item without a title", "scorm2004.item.title.missing", 5, {
    item: '<item identifier="i" identifierref="r">',
  }),
  noted2004("a cluster with content of its own", "scorm2004.item.cluster.resource", 5, {
    inItem: '<item identifier="inner" identifierref="r"><title>Inner</title></item>',
  }),
  noted2004("an item that leads nowhere", "scorm2004.item.resource.missing", 8, {
    inOrganization: '<item identifier="empty"><title>Nothing here</title></item>',
  }),
  refused2004("a start page that is not there", "scorm2004.resource.href.absent", 11, sco("missing.html")),
  refused2004(
    "a resource without a start page",
    "scorm2004.resource.href.missing",
    11,
    resource('adlcp:scormType="sco"'),
  ),
  refused2004("a start page above the package", "scorm2004.resource.href.outside", 11, sco("../../etc/passwd")),
  refused2004("an encoded climb", "scorm2004.resource.href.outside", 11, sco("%2e%2e/%2e%2e/etc/passwd")),
  refused2004(
    "a climb in xml:base",
    "scorm2004.resource.href.outside",
    11,
    resource('adlcp:scormType="sco" href="index.html" xml:base="../../"', ""),
  ),
  refused2004("a script as start page", "scorm2004.resource.href.scheme", 11, sco("javascript:alert(1)")),
  noted2004("a start page in other case", "scorm2004.resource.href.case", 11, sco("INDEX.html")),
  noted2004("a start page with a leading slash", "scorm2004.resource.href.spelling", 11, sco("/index.html")),
  noted2004("a start page on another site", "scorm2004.resource.href.external", 11, sco("https://example.com/course/")),
  noted2004("a listed file that is not there", "scorm2004.resource.file.missing", 11, {
    ...resource('adlcp:scormType="sco" href="index.html"', '<file href="index.html"/><file href="gone.png"/>'),
  }),
  noted2004("a dependency that is not there", "scorm2004.resource.dependency.unknown", 11, {
    ...resource('adlcp:scormType="sco" href="index.html"', '<file href="index.html"/><dependency identifierref="x"/>'),
  }),
  ready2004("dependencies in a circle", {
    resource: `<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html"><file href="index.html"/><dependency identifierref="s"/></resource>
<resource identifier="s" type="webcontent" adlcp:scormType="asset"><dependency identifierref="r"/></resource>`,
  }),
  noted2004("no SCORM type", "scorm2004.resource.scormtype.missing", 11, resource('href="index.html"')),
  noted2004(
    "the SCORM type as SCORM 1.2 writes it",
    "scorm2004.resource.scormtype.case",
    11,
    resource('adlcp:scormtype="sco" href="index.html"'),
  ),
  noted2004(
    "a SCORM type that does not exist",
    "scorm2004.resource.scormtype.unknown",
    11,
    resource('adlcp:scormType="quiz" href="index.html"'),
  ),
  noted2004("a time limit action that does not exist", "scorm2004.timelimitaction", 6, {
    inItem: "<adlcp:timeLimitAction>stop</adlcp:timeLimitAction>",
  }),
  noted2004("a completion threshold in percent", "scorm2004.completionthreshold.value", 6, {
    ...version("2004 3rd Edition"),
    inItem: "<adlcp:completionThreshold>80</adlcp:completionThreshold>",
  }),
  noted2004("a completion threshold as the 3rd edition writes it", "scorm2004.completionthreshold.text", 6, {
    inItem: "<adlcp:completionThreshold>0.8</adlcp:completionThreshold>",
  }),
  noted2004("a data map without a target", "scorm2004.datamap.target.missing", 6, {
    inItem: "<adlcp:data><adlcp:map/></adlcp:data>",
  }),
  noted2004("a control that cannot be hidden", "scorm2004.hidelmsui", 6, {
    inItem:
      "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>toc</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>",
  }),
  noted2004("an item after the organization's sequencing", "xml.schema", 9, {
    inOrganization:
      '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>\n<item identifier="late" identifierref="r"><title>Late</title></item>',
  }),
];
