import { create } from "@bufbuild/protobuf";
import { CourseUpdatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { DispatchLaunchedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  RegistrationCompletedSchema,
  RegistrationCreatedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { expect, it } from "vitest";
import { subjectOf } from "./event-subject.ts";

it("finds what a result is about below the top", () => {
  const change = { registrationId: "r", instanceId: "i", courseId: "c", launchId: "l", learnerId: "ann\u0000" };
  expect(subjectOf(RegistrationCompletedSchema, create(RegistrationCompletedSchema, { change }))).toMatchObject({
    registration_id: "r",
    instance_id: "i",
    course_id: "c",
    launch_id: "l",
    learner_id: "ann",
    actor_id: "l",
    tagged: "",
  });
});

it("takes the ids and tags of courses and registrations themselves", () => {
  const course = create(CourseUpdatedSchema, { course: { id: "c", tags: ["Safety"], currentVersion: { id: "v" } } });
  expect(subjectOf(CourseUpdatedSchema, course)).toMatchObject({ course_id: "c", tags: ["safety"], tagged: "c" });
  const registration = {
    id: "r",
    courseId: "c",
    tags: ["x"],
    learner: { id: "ann" },
    instance: { id: "i", courseVersionId: "v" },
  };
  expect(subjectOf(RegistrationCreatedSchema, create(RegistrationCreatedSchema, { registration }))).toMatchObject({
    registration_id: "r",
    course_id: "c",
    learner_id: "ann",
    instance_id: "i",
    course_version_id: "v",
    tagged: "r",
  });
});

it("reads flat events", () => {
  const launched = create(DispatchLaunchedSchema, { dispatchId: "d", destinationId: "e", registrationId: "r" });
  expect(subjectOf(DispatchLaunchedSchema, launched)).toMatchObject({
    dispatch_id: "d",
    destination_id: "e",
    registration_id: "r",
  });
});
