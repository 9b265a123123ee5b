import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";

/** The contract's name of a package's standard. @param schemaVersion `metadata/schemaversion` of the manifest. */
export function courseStandard(outline: CourseOutline, schemaVersion = ""): Standard {
  if (outline.standard === "scorm12") return Standard.SCORM_12;
  if (/CAM 1\.3|2nd/i.test(schemaVersion)) return Standard.SCORM_2004_2ND_EDITION;
  return /3rd/i.test(schemaVersion) ? Standard.SCORM_2004_3RD_EDITION : Standard.SCORM_2004_4TH_EDITION;
}
