import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { LRUCache } from "lru-cache";

/** What registrations say about their course by id only. */
export interface CourseReference {
  readonly courseId: string;
  readonly courseVersionId: string;
}

/** The course behind a reference, as far as it could be found. */
export interface FoundCourse {
  readonly course: Course | undefined;
  /** 0 when the version could not be found. */
  readonly versionNumber: number;
}

/** Finds courses and version numbers for rows that name them by id. */
export interface CourseDirectory {
  /** One look-up for all rows; a course that is gone is left out, and a failing course service leaves all out. */
  find(references: readonly CourseReference[]): Promise<(reference: CourseReference) => FoundCourse>;
}

/** Numbers of versions never change and are remembered; titles are read again each time. */
export function courseDirectory(clients: Clients): CourseDirectory {
  const numbers = new LRUCache<string, number>({ max: 50_000 });

  const numberOf = async (id: string): Promise<void> => {
    const { courseVersion } = await clients.of(CourseVersionService).getCourseVersion({ id });
    if (courseVersion) numbers.set(id, courseVersion.number);
  };

  return {
    async find(references) {
      const ids = [...new Set(references.map((reference) => reference.courseId))].filter((id) => id !== "");
      const { courses } =
        ids.length === 0
          ? { courses: [] }
          : await clients
              .of(CourseService)
              .batchGetCourses({ ids })
              .catch(() => ({ courses: [] as Course[] }));
      const byId = new Map(courses.map((course) => [course.id, course]));
      for (const { currentVersion } of courses)
        if (currentVersion) numbers.set(currentVersion.id, currentVersion.number);

      const unknown = new Set(
        references
          .filter(
            ({ courseId, courseVersionId }) =>
              byId.has(courseId) && courseVersionId !== "" && !numbers.has(courseVersionId),
          )
          .map((reference) => reference.courseVersionId),
      );
      await Promise.allSettled([...unknown].map(numberOf));
      return ({ courseId, courseVersionId }) => {
        const course = byId.get(courseId);
        // Without the course the caller may not see the version either.
        return { course, versionNumber: course === undefined ? 0 : (numbers.get(courseVersionId) ?? 0) };
      };
    },
  };
}
