import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { ImportService } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { toImportJobResult } from "./import-job.mapper.ts";

/** `GET /courses/importJobs/{importJobId}` */
export function getImportJob({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const id = params.importJobId ?? "";
    const answer = z.guid().safeParse(id).success ? await clients.of(ImportService).getImport({ id }) : undefined;
    const job = answer?.import;
    if (job === undefined) throw serviceError(Code.NotFound, "IMPORT_NOT_FOUND", "no such import job", { id });
    // The course may have been deleted since.
    const { courses } =
      job.courseId === "" ? { courses: [] } : await clients.of(CourseService).batchGetCourses({ ids: [job.courseId] });
    return { status: 200, body: toImportJobResult(job, courses[0]) };
  };
}
