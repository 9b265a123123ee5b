import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { GetCourseResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toCourseRow, toVersionRow } from "./course-row.mapper.ts";

/** Versions a page shows; older ones are in the list of the API. */
const VERSIONS = 100;

/** One course with versions, outline and counts. Outline and counts may be missing; course and versions may not. */
export async function coursePage(
  { clients, logger }: ViewDeps,
  id: string,
): Promise<MessageInitShape<typeof GetCourseResponseSchema>> {
  const { course } = await clients.of(CourseService).getCourse({ by: { case: "id", value: id } });
  if (course === undefined) return {};
  const registrations = clients.of(RegistrationService);
  const packageId = course.currentVersion?.packageId ?? "";
  const [listed, summary, outline] = await Promise.all([
    clients.of(CourseVersionService).listCourseVersions({ courseId: course.id, page: { pageSize: VERSIONS } }),
    optionalPart("registrations", registrations.summarizeRegistrations({ filter: { courseId: course.id } }), logger),
    packageId === ""
      ? undefined
      : optionalPart("outline", clients.of(PackageService).getPackage({ id: packageId }), logger),
  ]);
  const learners = await learnersByVersion(clients, listed.courseVersions, summary?.total?.registrations ?? 0n, logger);
  return {
    course: toCourseRow(course, summary?.total),
    description: course.description,
    etag: course.etag,
    versions: listed.courseVersions.map((version) => toVersionRow(version, learners.get(version.id) ?? 0n)),
    outlineJson: outline?.package?.outlineJson ?? "",
  };
}

/** How many registrations are on each version: one question a version, none where there is only one. */
async function learnersByVersion(
  clients: Clients,
  versions: readonly CourseVersion[],
  all: bigint,
  logger: ViewDeps["logger"],
): Promise<ReadonlyMap<string, bigint>> {
  const [only] = versions;
  if (only === undefined || all === 0n) return new Map();
  if (versions.length === 1) return new Map([[only.id, all]]);
  const registrations = clients.of(RegistrationService);
  const counts = await Promise.all(
    versions.map(async ({ id }) => {
      const asking = registrations.summarizeRegistrations({ filter: { courseVersionId: id } });
      const summary = await optionalPart("registrations", asking, logger);
      return [id, summary?.total?.registrations ?? 0n] as const;
    }),
  );
  return new Map(counts);
}
