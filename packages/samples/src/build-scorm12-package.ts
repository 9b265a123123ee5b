import { buildZip, type ZipContent } from "./build-zip.ts";
import { type Scorm12Course, scorm12Manifest } from "./scorm12-manifest.ts";

/** Builds a SCORM 1.2 package: the manifest first, then the files in their order. */
export async function buildScorm12Package(course: Scorm12Course, files: readonly ZipContent[]): Promise<Buffer> {
  const manifest = scorm12Manifest(
    course,
    files.map((file) => file.path),
  );
  return buildZip([{ path: "imsmanifest.xml", content: manifest }, ...files]);
}
