import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { ActivityState } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { PostbackResults } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { OutgoingEvent } from "../delivery/outgoing.ts";
import { completionWord, durationText, scoreOf, successWord } from "./postback-words.ts";

/** An item of a course's outline. */
interface OutlineItem {
  readonly identifier: string;
  readonly title: string;
  readonly children?: readonly OutlineItem[];
}

/**
 * What a postback tells: how the registration stands now, in the form of SCORM Cloud's registration. Of one that is gone, what the event
 * said of it. @throws what the services that know it throw
 */
export async function readPostback(clients: Clients, event: OutgoingEvent, results: PostbackResults): Promise<object> {
  const id = event.subject.registrationId ?? "";
  const registration = await registrationOf(clients, id);
  if (registration === undefined) {
    const change = JSON.parse(event.data)?.change;
    return { id: change?.externalId ?? id, updated: event.occurredAt };
  }
  const course = await courseOf(clients, registration.courseId);
  const { learner, instance } = registration;
  const result = instance?.result;
  const told = results || PostbackResults.COURSE;
  return {
    id: registration.externalId,
    instance: instance?.number ?? 0,
    updated: iso(registration.activityTime ?? registration.createTime),
    registrationCompletion: completionWord(result?.completion),
    registrationCompletionAmount: result?.progress ?? 0,
    registrationSuccess: successWord(result?.success),
    ...scoreOf(result?.score),
    totalSecondsTracked: result?.totalSeconds ?? 0,
    firstAccessDate: iso(result?.firstAccessTime),
    lastAccessDate: iso(result?.lastAccessTime),
    completedDate: iso(instance?.completeTime),
    createdDate: iso(registration.createTime),
    ...(course && {
      course: { id: course.externalId, title: course.title, version: course.currentVersion?.number ?? 0 },
    }),
    ...(learner && {
      learner: { id: learner.id, email: learner.email, firstName: learner.firstName, lastName: learner.lastName },
    }),
    tags: registration.tags,
    ...(told !== PostbackResults.COURSE && {
      activityDetails: await activityDetails(clients, registration, told === PostbackResults.FULL),
    }),
  };
}

async function registrationOf(clients: Clients, id: string): Promise<Registration | undefined> {
  if (id === "") return undefined;
  try {
    return (await clients.of(RegistrationService).getRegistration({ by: { case: "id", value: id } })).registration;
  } catch (error) {
    if (reasonOf(error) === "REGISTRATION_NOT_FOUND") return undefined;
    throw error;
  }
}

async function courseOf(clients: Clients, id: string): Promise<Course | undefined> {
  try {
    return (await clients.of(CourseService).getCourse({ by: { case: "id", value: id } })).course;
  } catch (error) {
    if (reasonOf(error) === "COURSE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** The course with its activities below; with what each stored when everything is told. */
async function activityDetails(clients: Clients, registration: Registration, full: boolean): Promise<object> {
  const { activities, outlineJson } = await clients
    .of(RegistrationService)
    .getActivityStates({ registrationId: registration.id });
  const outline: { title?: string; organizationIdentifier?: string; activities?: OutlineItem[] } =
    outlineJson === "" ? {} : JSON.parse(outlineJson);
  const states = new Map(activities.map((state) => [state.activity, state]));
  const details = ({ identifier, title, children = [] }: OutlineItem): object => ({
    ...activityOf(identifier, title, states.get(identifier), full),
    children: children.map(details),
  });
  const result = registration.instance?.result;
  return {
    id: outline.organizationIdentifier ?? "",
    title: outline.title ?? "",
    attempts: activities.some((state) => state.attemptCount > 0) ? 1 : 0,
    activityCompletion: completionWord(result?.completion),
    activitySuccess: successWord(result?.success),
    ...scoreOf(result?.score),
    timeTracked: durationText(result?.totalSeconds ?? 0),
    completionAmount: { scaled: Math.round((result?.progress ?? 0) * 100) },
    suspended: false,
    children: (outline.activities ?? []).map(details),
  };
}

function activityOf(id: string, title: string, state: ActivityState | undefined, full: boolean): object {
  const stored: unknown = full && state && state.stateJson !== "" ? JSON.parse(state.stateJson) : undefined;
  return {
    id,
    title,
    attempts: state?.attemptCount ?? 0,
    activityCompletion: completionWord(state?.completion),
    activitySuccess: successWord(state?.success),
    ...scoreOf(state?.score),
    timeTracked: durationText(state?.totalSeconds ?? 0),
    suspended: false,
    ...(stored !== undefined && { runtime: stored }),
  };
}

function iso(time: Timestamp | undefined): string | undefined {
  return time && timestampDate(time).toISOString();
}
