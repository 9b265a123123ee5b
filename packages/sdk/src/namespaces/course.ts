import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingService } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";

/** Courses, their versions and settings. */
export const course = {
  courseVersions: CourseVersionService,
  courses: CourseService,
  settings: SettingService,
} as const;
