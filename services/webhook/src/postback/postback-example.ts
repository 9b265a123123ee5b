import { PostbackResults } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";

/** A registration that there is not, in the form of a postback, for tests of receivers. */
export function postbackExample(results: PostbackResults): object {
  const activity = {
    id: "quiz",
    title: "Quiz",
    attempts: 1,
    activityCompletion: "COMPLETED",
    activitySuccess: "PASSED",
    score: { scaled: 85 },
    timeTracked: "0000:12:30.00",
    suspended: false,
    children: [],
    ...(results === PostbackResults.FULL && { runtime: { values: { "cmi.core.lesson_status": "passed" } } }),
  };
  return {
    id: "example-registration",
    instance: 0,
    updated: "2026-11-20T09:30:00.000Z",
    registrationCompletion: "COMPLETED",
    registrationCompletionAmount: 1,
    registrationSuccess: "PASSED",
    score: { scaled: 85 },
    totalSecondsTracked: 750,
    course: { id: "example-course", title: "Working safely at height", version: 0 },
    learner: { id: "learner-42", email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" },
    tags: [],
    ...(results !== PostbackResults.COURSE && {
      activityDetails: { ...activity, id: "organization", title: "Working safely at height", children: [activity] },
    }),
  };
}
