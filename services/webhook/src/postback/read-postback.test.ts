import type { DescService } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { PostbackResults } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { expect, it } from "vitest";
import { readPostback } from "./read-postback.ts";

const result = {
  completion: Completion.COMPLETE,
  success: Success.PASSED,
  progress: 1,
  score: { scaled: 0.855 },
  totalSeconds: 62.5,
};
const registration = {
  id: "r",
  externalId: "reg-1",
  courseId: "c",
  learner: { id: "ann", email: "ann@example.org", firstName: "Ann", lastName: "Lee" },
  instance: { number: 1, result },
  tags: ["x"],
};
const outlineJson = JSON.stringify({
  title: "Golf",
  organizationIdentifier: "org",
  activities: [{ identifier: "unit", title: "Unit", children: [{ identifier: "quiz", title: "Quiz", children: [] }] }],
});
const quiz = {
  activity: "quiz",
  completion: Completion.COMPLETE,
  success: Success.PASSED,
  score: { scaled: 1 },
  attemptCount: 2,
  stateJson: '{"values":{"a":"b"}}',
};

const transport = createRouterTransport((router) => {
  router.service(RegistrationService, {
    getRegistration: ({ by }) => {
      if (by.value !== "r") throw serviceError(5, "REGISTRATION_NOT_FOUND", "no such registration");
      return { registration };
    },
    getActivityStates: () => ({ activities: [quiz], outlineJson }),
  });
  router.service(CourseService, {
    getCourse: () => ({ course: { externalId: "golf", title: "Golf", currentVersion: { number: 3 } } }),
  });
});
const clients: Clients = { of: <Service extends DescService>(service: Service) => createClient(service, transport) };
const event = {
  eventId: "e",
  eventType: "registration.progressed",
  occurredAt: "2026-11-20T09:30:00Z",
  data: '{"change":{"externalId":"gone-1"}}',
  subject: { registrationId: "r" },
};

it("tells how the registration stands, in SCORM Cloud's words", async () => {
  const told = await readPostback(clients, event, PostbackResults.COURSE);
  expect(told).toMatchObject({
    id: "reg-1",
    instance: 1,
    registrationCompletion: "COMPLETED",
    registrationCompletionAmount: 1,
    registrationSuccess: "PASSED",
    score: { scaled: 85.5 },
    totalSecondsTracked: 62.5,
    course: { id: "golf", title: "Golf", version: 3 },
    learner: { id: "ann", firstName: "Ann" },
    tags: ["x"],
  });
  expect(told).not.toHaveProperty("activityDetails");
});

it("tells of activities when asked, and what each stored when asked for all", async () => {
  const activities = await readPostback(clients, event, PostbackResults.ACTIVITY);
  expect(activities).toMatchObject({
    activityDetails: {
      id: "org",
      children: [
        { id: "unit", children: [{ id: "quiz", attempts: 2, score: { scaled: 100 }, timeTracked: "0000:00:00.00" }] },
      ],
    },
  });
  expect(JSON.stringify(activities)).not.toContain("runtime");
  expect(JSON.stringify(await readPostback(clients, event, PostbackResults.FULL))).toContain(
    '"runtime":{"values":{"a":"b"}}',
  );
});

it("tells of a registration that is gone what the event said", async () => {
  const gone = { ...event, subject: { registrationId: "x" } };
  expect(await readPostback(clients, gone, PostbackResults.FULL)).toEqual({ id: "gone-1", updated: event.occurredAt });
});
