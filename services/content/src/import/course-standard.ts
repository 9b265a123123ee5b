import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { Edition } from "@coursemesh/scorm/sequencing/activity-tree.ts";

const EDITIONS: Readonly<Record<Edition, Standard>> = {
  "2nd": Standard.SCORM_2004_2ND_EDITION,
  "3rd": Standard.SCORM_2004_3RD_EDITION,
  "4th": Standard.SCORM_2004_4TH_EDITION,
};

/** The contract's name of a package's standard, with the edition that it is played as. */
export function courseStandard({ tree }: CourseOutline): Standard {
  return tree ? EDITIONS[tree.edition] : Standard.SCORM_12;
}
