import { Code, ConnectError } from "@connectrpc/connect";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { ActivityIndex } from "@coursemesh/scorm/sequencing/activity-index.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import { prepareCourse } from "@coursemesh/scorm/sequencing/session.ts";
import { LRUCache } from "lru-cache";
import { outlineNotFound } from "../errors.ts";

/** What other services know of courses. Asked as the service itself: who may read a registration need not be one who may read courses. */
export interface Catalog {
  /** A course version made ready for the core; remembered, because a version never changes. @throws OUTLINE_NOT_FOUND */
  course(organizationId: string, courseVersionId: string): Promise<PreparedCourse>;
}

/** A course version and its tree, ready for the core. */
export interface PreparedCourse {
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly index: ActivityIndex;
}

/** @param most course versions kept in memory. */
export function catalogOver(clients: Clients, most: number): Catalog {
  const prepared = new LRUCache<string, PreparedCourse>({ max: most });

  const ask = async (courseVersionId: string): Promise<PreparedCourse> => {
    const { courseVersion } = await clients.of(CourseVersionService).getCourseVersion({ id: courseVersionId });
    const found = await clients.of(PackageService).getPackage({ id: courseVersion?.packageId ?? "" });
    const { tree } = JSON.parse(found.package?.outlineJson || "{}") as { tree?: ActivityTree };
    if (tree === undefined) throw outlineNotFound({ course_version_id: courseVersionId });
    return { courseId: courseVersion?.courseId ?? "", courseVersionId, index: prepareCourse(tree) };
  };

  return {
    async course(organizationId, courseVersionId) {
      const key = `${organizationId}/${courseVersionId}`;
      const known = prepared.get(key);
      if (known) return known;
      try {
        const course = await runAs(serviceCaller("sequencing", organizationId), () => ask(courseVersionId));
        prepared.set(key, course);
        return course;
      } catch (error) {
        if (ConnectError.from(error).code !== Code.NotFound) throw error;
        throw outlineNotFound({ course_version_id: courseVersionId });
      }
    },
  };
}
