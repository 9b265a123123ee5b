import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourseVersion } from "../course-version/find-course-version.ts";
import { launchLinkRequest } from "../registration/launch-link-request.ts";
import { findCourse } from "./find-course.ts";

/** `POST /courses/{courseId}/preview` and `POST /courses/{courseId}/versions/{versionId}/preview` */
export function buildCoursePreviewLaunchLink({ clients }: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { returnUrl, locale } = readBody(launchLinkRequest, body);
    const course = await findCourse(clients, params.courseId ?? "");
    const { versionId } = params;
    const version =
      versionId === undefined ? course.currentVersion : await findCourseVersion(clients, course, versionId);
    const { url } = await clients
      .of(LaunchService)
      .createPreviewLaunch({ courseVersionId: version?.id ?? "", returnUrl, locale });
    return { status: 200, body: { launchLink: url } };
  };
}
