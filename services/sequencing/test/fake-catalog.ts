import { Code } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** A course version that a test made. */
export interface FakeVersion {
  readonly courseId: string;
  readonly courseVersionId: string;
}

/** Stands for the course and content services. */
export interface FakeCatalog {
  readonly apps: readonly App[];
  /** Makes a version with this tree, of a new course unless one is given. */
  add(organizationId: string, tree: ActivityTree, courseId?: string): FakeVersion;
}

export function fakeCatalog(): FakeCatalog {
  const versions = new Map<string, { organizationId: string; courseId: string; tree: ActivityTree }>();
  const find = (id: string, organizationId: string) => {
    const found = versions.get(id);
    if (found?.organizationId !== organizationId) throw serviceError(Code.NotFound, "ABSENT", "absent");
    return found;
  };
  const app = (name: string, services: App["services"], routes: App["routes"]): App => ({
    name,
    services,
    routes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  });
  return {
    add(organizationId, tree, courseId = uuidV7()) {
      const courseVersionId = uuidV7();
      versions.set(courseVersionId, { organizationId, courseId, tree });
      return { courseId, courseVersionId };
    },
    // A version's package has the version's id.
    apps: [
      app("course", [CourseVersionService], (router) =>
        registerPartly(router, CourseVersionService, {
          getCourseVersion: ({ id }, context) => ({
            courseVersion: { id, courseId: find(id, organizationOf(context)).courseId, packageId: id },
          }),
        }),
      ),
      app("content", [PackageService], (router) =>
        registerPartly(router, PackageService, {
          getPackage: ({ id }, context) => ({
            package: { id, outlineJson: JSON.stringify({ tree: find(id, organizationOf(context)).tree }) },
          }),
        }),
      ),
    ],
  };
}
