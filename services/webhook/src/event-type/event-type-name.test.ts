import { expect, it } from "vitest";
import { eventTypeName, typeKeysOf } from "./event-type-name.ts";

it.each([
  ["coursemesh.runtime.v1.RegistrationCompleted", "registration.completed"],
  ["coursemesh.course.v1.CourseVersionMadeCurrent", "course_version.made_current"],
  ["coursemesh.dispatch.v1.DispatchLimitReached", "dispatch.limit_reached"],
  ["coursemesh.dispatch.v1.PackageFailed", "dispatch_package.failed"],
  ["coursemesh.user.v1.ApiKeyCreated", "api_key.created"],
  ["coursemesh.webhook.v1.WebhookTested", "webhook.test"],
])("calls %s %s", (schema, name) => {
  expect(eventTypeName(schema)).toBe(name);
});

it("finds a type by its name, its family and everything", () => {
  expect(typeKeysOf("course_version.made_current")).toEqual(["course_version.made_current", "course_version.*", "*"]);
});
