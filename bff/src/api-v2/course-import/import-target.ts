import { Code } from "@connectrpc/connect";
import { fieldInvalid, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import { findCourseIfThere } from "../course/find-course.ts";

/** Which course an import is for. */
export interface ImportTarget {
  readonly externalId: string;
  readonly mayAddVersion: boolean;
  readonly callbackUrl: string;
}

/**
 * Reads `courseId`, `mayCreateNewVersion` and `postbackUrl`, and refuses a course id that is taken before anything is sent or read.
 * @throws FIELD_INVALID, COURSE_EXISTS
 */
export async function readImportTarget(clients: Clients, query: QueryParameters): Promise<ImportTarget> {
  const externalId = query.text("courseId");
  if (externalId === undefined) throw fieldInvalid("courseId", "is required");
  const mayAddVersion = query.flag("mayCreateNewVersion");
  if (!mayAddVersion && (await findCourseIfThere(clients, externalId)) !== undefined)
    throw serviceError(
      Code.AlreadyExists,
      "COURSE_EXISTS",
      "a course with this id exists, and mayCreateNewVersion is false",
      {
        external_id: externalId,
      },
    );
  return { externalId, mayAddVersion, callbackUrl: query.text("postbackUrl") ?? "" };
}
