import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { ImportReport } from "../package/import-report.ts";
import type { PackageRow } from "../package-files/package.entity.ts";
import type { ImportRow } from "./import.entity.ts";
import { ImportFailure } from "./import-failure.ts";

/** Answers of the course service that another try would not change. */
const FINAL = new Set([
  Code.AlreadyExists,
  Code.NotFound,
  Code.InvalidArgument,
  Code.FailedPrecondition,
  Code.PermissionDenied,
]);
const MAX_PACKAGE_TITLE = 2_000;

/**
 * Makes the course version. The import's id is the request's id, so that asking again, in this process or the next, makes no second.
 * @throws ImportFailure with the course service's reason when it refuses; other errors are worth another try.
 */
export async function publishPackage(
  clients: Clients,
  row: ImportRow,
  package_: PackageRow,
): Promise<{ courseId: string; courseVersionId: string }> {
  const report = JSON.parse(row.report ?? "{}") as Partial<ImportReport>;
  const caller = create(CallerSchema, {
    ...serviceCaller("content", row.tenantId),
    // The version's history names who imported it.
    displayName: row.createdBy,
  });
  try {
    const { course, courseVersion } = await runAs(caller, () =>
      clients.of(CourseService).publishPackage({
        requestId: row.id,
        courseId: row.courseId ?? "",
        externalId: row.externalId,
        mayAddVersion: row.mayAddVersion,
        title: row.title,
        tags: row.tags,
        packageId: package_.id,
        standard: package_.standard,
        packageTitle: package_.title.slice(0, MAX_PACKAGE_TITLE).toWellFormed(),
        activityCount: report.activities ?? 0,
        sizeBytes: BigInt(package_.sizeBytes),
        fileCount: package_.fileCount,
        findingCount: report.findings?.length ?? 0,
        importId: row.id,
        note: row.note,
      }),
    );
    return { courseId: course?.id ?? "", courseVersionId: courseVersion?.id ?? "" };
  } catch (error) {
    const { code, rawMessage } = ConnectError.from(error);
    if (FINAL.has(code)) throw new ImportFailure(reasonOf(error) ?? "INTERNAL", sentence(rawMessage));
    throw error;
  }
}

function sentence(message: string): string {
  return `The course could not be made: ${message}.`;
}
