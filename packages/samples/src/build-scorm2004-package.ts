import { buildZip, type ZipContent } from "./build-zip.ts";
import { type Scorm2004Course, scorm2004Manifest } from "./scorm2004-manifest.ts";

/** Builds a SCORM 2004 package: the manifest first, then the files in their order. */
export async function buildScorm2004Package(course: Scorm2004Course, files: readonly ZipContent[]): Promise<Buffer> {
  const manifest = scorm2004Manifest(
    course,
    files.map((file) => file.path),
  );
  return buildZip([{ path: "imsmanifest.xml", content: manifest }, ...files]);
}
