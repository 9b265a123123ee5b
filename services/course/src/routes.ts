import type { ConnectRouter } from "@connectrpc/connect";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { courseRpc } from "./course/course.rpc.ts";
import type { CourseParts } from "./course-parts.ts";
import { courseVersionRpc } from "./course-version/course-version.rpc.ts";
import { settingRpc } from "./settings/setting.rpc.ts";

/** What this service answers. */
export const services = [CourseService, CourseVersionService, SettingService];

export function routes(parts: CourseParts): (router: ConnectRouter) => void {
  return (router) => {
    router.service(CourseService, courseRpc(parts));
    router.service(CourseVersionService, courseVersionRpc(parts));
    router.service(SettingService, settingRpc(parts));
  };
}
