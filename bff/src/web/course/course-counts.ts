import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  RegistrationService,
  type RegistrationSummary,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** A summary by course names at most this many. */
const GROUPS = 500;

/** Counts of registrations for some courses. Courses without registrations are left out. */
export async function countsOfCourses(
  clients: Clients,
  courseIds: readonly string[],
): Promise<ReadonlyMap<string, RegistrationSummary>> {
  if (courseIds.length === 0) return new Map();
  const registrations = clients.of(RegistrationService);
  const { courses } = await registrations.summarizeRegistrations({ byCourse: true });
  const counts = new Map(courses.map((summary) => [summary.courseId, summary]));
  if (courses.length < GROUPS) return counts;
  // An organization with very many courses: ask for those of the page that were cut off.
  const missing = courseIds.filter((id) => !counts.has(id));
  await Promise.all(
    missing.map(async (courseId) => {
      const { total } = await registrations.summarizeRegistrations({ filter: { courseId } });
      if (total) counts.set(courseId, total);
    }),
  );
  return counts;
}
