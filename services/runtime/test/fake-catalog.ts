import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { type Course, CourseSchema, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  CourseVersionSchema,
  CourseVersionService,
  Standard,
} from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { ActivityOutline, CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { outlineOf } from "@coursemesh/scorm/instance2004/testing/course.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** Stands for the course and content services: answers the few calls the runtime makes, for each organization its own. */
export interface FakeCatalog {
  readonly apps: readonly App[];
  /** Makes a course with one version of these activities; SCOs when only names are given. */
  addCourse(organizationId: string, activities?: readonly (string | ActivityOutline)[], externalId?: string): Course;
  /** Makes a course with one version of this tree. */
  addSequencedCourse(organizationId: string, tree: ActivityTree): Course;
  /** Adds a version and makes it the current one. */
  addVersion(course: Course, activities: readonly (string | ActivityOutline)[]): void;
  readonly settings: Record<string, string>;
  /** How often a package was asked for. */
  packageReads(): number;
}

export function scoOf(identifier: string, scorm12: ActivityOutline["scorm12"] = {}): ActivityOutline {
  const launch = { href: `${identifier}.html`, type: "sco" } as const;
  return { identifier, title: identifier, visible: true, launch, scorm12, children: [] };
}

export function fakeCatalog(): FakeCatalog {
  const courses: { organizationId: string; course: Course; versions: Map<string, string> }[] = [];
  const packages = new Map<string, { organizationId: string; outline: CourseOutline }>();
  const settings: Record<string, string> = {};
  let packageReads = 0;

  const newVersion = (organizationId: string, course: Course, activities: readonly (string | ActivityOutline)[]) => {
    const packageId = uuidV7();
    packages.set(packageId, {
      organizationId,
      outline: {
        standard: "scorm12",
        manifestIdentifier: "M",
        organizationIdentifier: "O",
        title: course.title,
        activities: activities.map((activity) => (typeof activity === "string" ? scoOf(activity) : activity)),
      },
    });
    return create(CourseVersionSchema, { id: uuidV7(), courseId: course.id, number: 1, packageId, current: true });
  };
  const absent = (reason: string): Error => serviceError(Code.NotFound, reason, "absent");
  const app = (name: string, services: App["services"], routes: App["routes"]): App => ({
    name,
    services,
    routes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  });

  return {
    settings,
    packageReads: () => packageReads,
    addCourse(organizationId, activities = ["A", "B"], externalId = "") {
      const course = create(CourseSchema, { id: uuidV7(), externalId: externalId || uuidV7(), title: "A course" });
      course.currentVersion = newVersion(organizationId, course, activities);
      const { currentVersion } = course;
      courses.push({ organizationId, course, versions: new Map([[currentVersion.id, currentVersion.packageId]]) });
      return course;
    },
    addSequencedCourse(organizationId, tree) {
      const course = create(CourseSchema, { id: uuidV7(), externalId: uuidV7(), title: "A course" });
      const packageId = uuidV7();
      packages.set(packageId, { organizationId, outline: outlineOf(tree) });
      const facts = { id: uuidV7(), courseId: course.id, number: 1, packageId, current: true };
      course.currentVersion = create(CourseVersionSchema, { ...facts, standard: Standard.SCORM_2004_4TH_EDITION });
      courses.push({ organizationId, course, versions: new Map([[facts.id, packageId]]) });
      return course;
    },
    addVersion(course, activities) {
      const entry = courses.find((it) => it.course === course);
      course.currentVersion = newVersion(entry?.organizationId ?? "", course, activities);
      entry?.versions.set(course.currentVersion.id, course.currentVersion.packageId);
    },
    apps: [
      app("course", [CourseService, CourseVersionService, SettingService], (router) => {
        registerPartly(router, CourseService, {
          getCourse({ by }, context) {
            const organizationId = organizationOf(context);
            const found = courses.find(
              (it) => it.organizationId === organizationId && it.course[by.case ?? "id"] === by.value,
            );
            if (found === undefined) throw absent("COURSE_NOT_FOUND");
            return { course: found.course };
          },
        });
        registerPartly(router, CourseVersionService, {
          getCourseVersion({ id }, context) {
            const organizationId = organizationOf(context);
            const found = courses.find((it) => it.organizationId === organizationId && it.versions.has(id));
            if (found === undefined) throw absent("COURSE_VERSION_NOT_FOUND");
            const { standard } = found.course.currentVersion ?? { standard: Standard.UNSPECIFIED };
            return {
              courseVersion: { id, courseId: found.course.id, packageId: found.versions.get(id) ?? "", standard },
            };
          },
        });
        registerPartly(router, SettingService, {
          listEffectiveSettings: () => ({
            settings: Object.entries(settings).map(([id, value]) => ({ definition: { id }, value })),
          }),
        });
      }),
      app("content", [PackageService], (router) =>
        registerPartly(router, PackageService, {
          getPackage({ id }, context) {
            packageReads += 1;
            const found = packages.get(id);
            if (found?.organizationId !== organizationOf(context)) throw absent("PACKAGE_NOT_FOUND");
            return { package: { id, outlineJson: JSON.stringify(found.outline) } };
          },
        }),
      ),
    ],
  };
}
