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
import { deleteDestination } from "./destination/delete-destination.ts";
import {
  deleteDestinationTags,
  getDestinationTags,
  putDestinationTags,
  putDestinationTagsBatch,
} from "./destination/destination-tags.ts";
import { getDestination, getDestinations } from "./destination/get-destinations.ts";
import { createDestinations, setDestination } from "./destination/set-destination.ts";
import { createDispatches } from "./dispatch/create-dispatches.ts";
import {
  deleteDestinationDispatches,
  deleteDispatch,
  deleteDispatches,
  deleteDispatchPostback,
} from "./dispatch/delete-dispatches.ts";
import {
  getDestinationHash,
  getDispatchEnabled,
  getDispatchHash,
  setDestinationDispatchEnabled,
  setDestinationHash,
  setDestinationInstancing,
  setDispatchEnabled,
  setDispatchHash,
} from "./dispatch/dispatch-switches.ts";
import {
  deleteDispatchTags,
  getDispatchTags,
  putDispatchTags,
  putDispatchTagsBatch,
} from "./dispatch/dispatch-tags.ts";
import { getDestinationZip, getDispatchZip } from "./dispatch/dispatch-zip.ts";
import { getDispatch, getDispatches } from "./dispatch/get-dispatches.ts";
import {
  getDestinationRegistrationCount,
  getDispatchRegistrationCount,
  resetDestinationRegistrationCount,
  resetDispatchRegistrationCount,
} from "./dispatch/registration-count.ts";
import { updateDispatch, updateDispatches } from "./dispatch/update-dispatches.ts";
import { testPostback } from "./postback/test-postback.ts";
import { buildLaunchLink } from "./registration/build-launch-link.ts";
import { createRegistration } from "./registration/create-registration.ts";
import { deleteRegistration } from "./registration/delete-registration.ts";
import { getRegistration, getRegistrationProgress } from "./registration/get-registration.ts";
import { getRegistrations } from "./registration/get-registrations.ts";

/** Makes an operation once, with what it needs. */
type OperationFactory = (deps: ApiDeps) => Operation;
type Line = readonly [GuardedRoute["method"], string, RouteAccess, OperationFactory];

const read = {
  course: needs(Permission.COURSE_READ),
  registration: needs(Permission.REGISTRATION_READ),
  dispatch: needs(Permission.DISPATCH_READ),
};
const write = {
  course: needs(Permission.COURSE_WRITE),
  registration: needs(Permission.REGISTRATION_WRITE),
  dispatch: needs(Permission.DISPATCH_WRITE),
};
const remove = {
  course: needs(Permission.COURSE_DELETE),
  registration: needs(Permission.REGISTRATION_DELETE),
  dispatch: needs(Permission.DISPATCH_DELETE),
};

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

  ["POST", "/dispatch/destinations", write.dispatch, createDestinations],
  ["GET", "/dispatch/destinations", read.dispatch, getDestinations],
  ["PUT", "/dispatch/destinations/tags", write.dispatch, putDestinationTagsBatch],
  ["GET", "/dispatch/destinations/:destinationId", read.dispatch, getDestination],
  ["PUT", "/dispatch/destinations/:destinationId", write.dispatch, setDestination],
  ["DELETE", "/dispatch/destinations/:destinationId", remove.dispatch, deleteDestination],
  ["GET", "/dispatch/destinations/:destinationId/tags", read.dispatch, getDestinationTags],
  ["PUT", "/dispatch/destinations/:destinationId/tags", write.dispatch, putDestinationTags],
  ["DELETE", "/dispatch/destinations/:destinationId/tags", write.dispatch, deleteDestinationTags],
  ["GET", "/dispatch/destinations/:destinationId/dispatches", read.dispatch, getDispatches],
  ["DELETE", "/dispatch/destinations/:destinationId/dispatches", remove.dispatch, deleteDestinationDispatches],
  ["POST", "/dispatch/destinations/:destinationId/dispatches/enabled", write.dispatch, setDestinationDispatchEnabled],
  [
    "POST",
    "/dispatch/destinations/:destinationId/dispatches/registrationInstancing",
    write.dispatch,
    setDestinationInstancing,
  ],
  ["GET", "/dispatch/destinations/:destinationId/dispatches/hashUserInfo", read.dispatch, getDestinationHash],
  ["PUT", "/dispatch/destinations/:destinationId/dispatches/hashUserInfo", write.dispatch, setDestinationHash],
  [
    "GET",
    "/dispatch/destinations/:destinationId/dispatches/registrationCount",
    read.dispatch,
    getDestinationRegistrationCount,
  ],
  [
    "DELETE",
    "/dispatch/destinations/:destinationId/dispatches/registrationCount",
    write.dispatch,
    resetDestinationRegistrationCount,
  ],
  ["GET", "/dispatch/destinations/:destinationId/dispatches/zip", read.dispatch, getDestinationZip],

  ["POST", "/dispatch/dispatches", write.dispatch, createDispatches],
  ["GET", "/dispatch/dispatches", read.dispatch, getDispatches],
  ["PUT", "/dispatch/dispatches", write.dispatch, updateDispatches],
  ["DELETE", "/dispatch/dispatches", remove.dispatch, deleteDispatches],
  ["PUT", "/dispatch/dispatches/tags", write.dispatch, putDispatchTagsBatch],
  ["GET", "/dispatch/dispatches/:dispatchId", read.dispatch, getDispatch],
  ["PUT", "/dispatch/dispatches/:dispatchId", write.dispatch, updateDispatch],
  ["DELETE", "/dispatch/dispatches/:dispatchId", remove.dispatch, deleteDispatch],
  ["GET", "/dispatch/dispatches/:dispatchId/enabled", read.dispatch, getDispatchEnabled],
  ["PUT", "/dispatch/dispatches/:dispatchId/enabled", write.dispatch, setDispatchEnabled],
  ["GET", "/dispatch/dispatches/:dispatchId/hashUserInfo", read.dispatch, getDispatchHash],
  ["PUT", "/dispatch/dispatches/:dispatchId/hashUserInfo", write.dispatch, setDispatchHash],
  ["GET", "/dispatch/dispatches/:dispatchId/tags", read.dispatch, getDispatchTags],
  ["PUT", "/dispatch/dispatches/:dispatchId/tags", write.dispatch, putDispatchTags],
  ["DELETE", "/dispatch/dispatches/:dispatchId/tags", write.dispatch, deleteDispatchTags],
  ["GET", "/dispatch/dispatches/:dispatchId/registrationCount", read.dispatch, getDispatchRegistrationCount],
  ["DELETE", "/dispatch/dispatches/:dispatchId/registrationCount", write.dispatch, resetDispatchRegistrationCount],
  ["DELETE", "/dispatch/dispatches/:dispatchId/postback", write.dispatch, deleteDispatchPostback],
  ["GET", "/dispatch/dispatches/:dispatchId/zip", read.dispatch, getDispatchZip],
];

/** The table with its operations made. */
export function apiRoutes(deps: ApiDeps): readonly GuardedRoute[] {
  return TABLE.map(([method, path, access, make]) => ({ method, path, access, operation: make(deps) }));
}
