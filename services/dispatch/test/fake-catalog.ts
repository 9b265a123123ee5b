import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { type Course, CourseSchema, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  type CourseVersion,
  CourseVersionSchema,
  CourseVersionService,
} from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { fakeApp } from "./fake-app.ts";

/** Stands for the course service: courses of each organization with their versions. */
export interface FakeCatalog {
  readonly app: App;
  /** Makes a course with one version. */
  addCourse(organizationId: string, title?: string): Course;
  /** Adds a version to a course and makes it the current one. */
  addVersion(course: Course): CourseVersion;
  /** Id of a course's current version; empty for a course that is not here. */
  currentVersionOf(courseId: string): string;
  /** Forgets a course. */
  removeCourse(courseId: string): void;
}

export function fakeCatalog(): FakeCatalog {
  const courses: { organizationId: string; course: Course; versions: CourseVersion[] }[] = [];
  const absent = (reason: string, id: string): Error => serviceError(Code.NotFound, reason, "absent", { id });
  const newVersion = (courseId: string, number: number): CourseVersion =>
    create(CourseVersionSchema, { id: uuidV7(), courseId, number, packageId: uuidV7(), current: true });

  return {
    addCourse(organizationId, title = "A course") {
      const course = create(CourseSchema, { id: uuidV7(), externalId: uuidV7(), title });
      const version = newVersion(course.id, 1);
      course.currentVersion = version;
      courses.push({ organizationId, course, versions: [version] });
      return course;
    },
    addVersion(course) {
      const entry = courses.find((it) => it.course === course);
      if (entry === undefined) throw new Error("the course was not made here");
      const version = newVersion(course.id, entry.versions.length + 1);
      entry.versions.push(version);
      course.currentVersion = version;
      return version;
    },
    currentVersionOf: (courseId) => courses.find((it) => it.course.id === courseId)?.course.currentVersion?.id ?? "",
    removeCourse(courseId) {
      const at = courses.findIndex((it) => it.course.id === courseId);
      if (at >= 0) courses.splice(at, 1);
    },
    app: fakeApp("course", [CourseService, CourseVersionService], (router) => {
      registerPartly(router, CourseService, {
        getCourse({ by }, context) {
          const organizationId = organizationOf(context);
          const found = courses.find(
            (it) => it.organizationId === organizationId && it.course[by.case ?? "id"] === by.value,
          );
          if (found === undefined) throw absent("COURSE_NOT_FOUND", by.value ?? "");
          return { course: found.course };
        },
        batchGetCourses({ ids }, context) {
          const organizationId = organizationOf(context);
          const found = courses.filter((it) => it.organizationId === organizationId && ids.includes(it.course.id));
          return { courses: found.map((it) => it.course) };
        },
      });
      registerPartly(router, CourseVersionService, {
        getCourseVersion({ id }, context) {
          const organizationId = organizationOf(context);
          const courseVersion = courses
            .filter((it) => it.organizationId === organizationId)
            .flatMap((it) => it.versions)
            .find((it) => it.id === id);
          if (courseVersion === undefined) throw absent("COURSE_VERSION_NOT_FOUND", id);
          return { courseVersion };
        },
      });
    }),
  };
}
