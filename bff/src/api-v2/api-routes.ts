import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type GuardedRoute, needs, type Operation, type RouteAccess } from "../http/guarded-route.ts";
import { getAbout, ping } from "./about/about.ts";
import type { ApiDeps } from "./api-deps.ts";
import { buildCoursePreviewLaunchLink } from "./course/build-preview-link.ts";
import { deleteCourse } from "./course/delete-course.ts";
import { getCourse } from "./course/get-course.ts";
import { getCourses } from "./course/get-courses.ts";
import { setCourseTitle } from "./course/set-course-title.ts";
import { createFetchImport } from "./course-import/create-fetch-import.ts";
import { createUploadImport } from "./course-import/create-upload-import.ts";
import { getImportJob } from "./course-import/get-import-job.ts";
import { getCourseVersion, getCourseVersions } from "./course-version/get-course-versions.ts";
import { testPostback } from "./postback/test-postback.ts";
import { buildLaunchLink } from "./registration/build-launch-link.ts";
import { createRegistration } from "./registration/create-registration.ts";
import { deleteRegistration } from "./registration/delete-registration.ts";
import { getRegistration, getRegistrationProgress } from "./registration/get-registration.ts";
import { getRegistrations } from "./registration/get-registrations.ts";

/** Makes an operation once, with what it needs. */
type OperationFactory = (deps: ApiDeps) => Operation;
type Line = readonly [GuardedRoute["method"], string, RouteAccess, OperationFactory];

const read = { course: needs(Permission.COURSE_READ), registration: needs(Permission.REGISTRATION_READ) };
const write = { course: needs(Permission.COURSE_WRITE), registration: needs(Permission.REGISTRATION_WRITE) };
const remove = { course: needs(Permission.COURSE_DELETE), registration: needs(Permission.REGISTRATION_DELETE) };

/** SCORM Cloud's API v2, as far as it is here: method, path below `/api/v2`, what the caller needs, operation. */
const TABLE: readonly Line[] = [
  ["GET", "/about", "authenticated", getAbout],
  ["GET", "/ping", "authenticated", ping],

  ["POST", "/courses/importJobs", write.course, createFetchImport],
  ["POST", "/courses/importJobs/upload", write.course, createUploadImport],
  ["GET", "/courses/importJobs/:importJobId", read.course, getImportJob],

  ["GET", "/courses", read.course, getCourses],
  ["GET", "/courses/:courseId", read.course, getCourse],
  ["DELETE", "/courses/:courseId", remove.course, deleteCourse],
  ["PUT", "/courses/:courseId/title", write.course, setCourseTitle],
  ["POST", "/courses/:courseId/preview", read.course, buildCoursePreviewLaunchLink],
  ["GET", "/courses/:courseId/versions", read.course, getCourseVersions],
  ["GET", "/courses/:courseId/versions/:versionId", read.course, getCourseVersion],
  ["POST", "/courses/:courseId/versions/:versionId/preview", read.course, buildCoursePreviewLaunchLink],

  ["POST", "/registrations", write.registration, createRegistration],
  ["POST", "/registrations/postBackTest", write.registration, testPostback],
  ["GET", "/registrations", read.registration, getRegistrations],
  ["HEAD", "/registrations/:registrationId", read.registration, getRegistration],
  ["GET", "/registrations/:registrationId", read.registration, getRegistrationProgress],
  ["DELETE", "/registrations/:registrationId", remove.registration, deleteRegistration],
  ["POST", "/registrations/:registrationId/launchLink", needs(Permission.LAUNCH_WRITE), buildLaunchLink],
];

/** The table with its operations made. */
export function apiRoutes(deps: ApiDeps): readonly GuardedRoute[] {
  return TABLE.map(([method, path, access, make]) => ({ method, path, access, operation: make(deps) }));
}
