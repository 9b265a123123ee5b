import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";

/** The outline of a course version; undefined when it is gone. */
export function outlineOf(clients: Clients, tenantId: string, versionId: string): Promise<CourseOutline | undefined> {
  return runAs(serviceCaller("dispatch", tenantId), async () => {
    try {
      const { courseVersion } = await clients.of(CourseVersionService).getCourseVersion({ id: versionId });
      if (courseVersion === undefined) return undefined;
      const found = await clients.of(PackageService).getPackage({ id: courseVersion.packageId });
      return found.package && (JSON.parse(found.package.outlineJson) as CourseOutline);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === "COURSE_VERSION_NOT_FOUND" || reason === "PACKAGE_NOT_FOUND") return undefined;
      throw error;
    }
  });
}

/** What learners of one version have to expect of another. */
export interface VersionDifference {
  /** False: they begin again whatever they have. */
  readonly keepsProgress: boolean;
  /** Activities of the old version that the new one lacks. */
  readonly lostActivityIds: readonly string[];
}

/** Compares versions as the runtime does when it takes progress over. */
export function differenceOf(from: CourseOutline | undefined, to: CourseOutline | undefined): VersionDifference {
  const before = leavesOf(from?.activities ?? []);
  const after = new Map(leavesOf(to?.activities ?? []).map(({ identifier, launch }) => [identifier, launch?.type]));
  const isKept = ({ identifier, launch }: (typeof before)[number]) => after.get(identifier) === launch?.type;
  return {
    keepsProgress: from?.standard === "scorm12" && to?.standard === "scorm12" && before.some(isKept),
    lostActivityIds: before.filter(({ identifier }) => !after.has(identifier)).map(({ identifier }) => identifier),
  };
}
