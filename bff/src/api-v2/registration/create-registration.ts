import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourse } from "../course/find-course.ts";
import { findCourseVersion } from "../course-version/find-course-version.ts";
import { postBackSchema } from "../postback/postback-schema.ts";
import { putRegistrationPostback } from "../postback/registration-postback.ts";

/** Fields of the vendor's API that change what a registration does and are not built here: refused, because dropping them would lose results. */
const NOT_BUILT = ["initialRegistrationState", "initialSettings", "xapiRegistrationId"] as const;

const createSchema = z.object({
  courseId: z.string().min(1),
  registrationId: z.string().min(1),
  learner: z.object({
    id: z.string().min(1),
    email: z.string().nullish(),
    firstName: z.string().nullish(),
    lastName: z.string().nullish(),
  }),
  registrationTags: z.array(z.string()).nullish(),
  postBack: postBackSchema.nullish(),
});

/** `POST /registrations` */
export function createRegistration({ clients, logger }: ApiDeps): Operation {
  return async ({ body, query, caller }) => {
    for (const field of NOT_BUILT) {
      const value = (body as Record<string, unknown> | undefined)?.[field];
      if (value !== undefined && value !== null) throw fieldInvalid(field, "is not supported by this installation yet");
    }
    const { courseId, registrationId, learner, registrationTags, postBack } = readBody(createSchema, body);
    const course = await findCourse(clients, courseId);
    const version = query.text("courseVersion");
    const { registration } = await clients.of(RegistrationService).createRegistration({
      requestId: uuidV7(),
      externalId: registrationId,
      courseId: course.id,
      courseVersionId: version === undefined ? "" : (await findCourseVersion(clients, course, version)).id,
      learner: {
        id: learner.id,
        email: learner.email ?? "",
        firstName: learner.firstName ?? "",
        lastName: learner.lastName ?? "",
      },
      tags: registrationTags ?? [],
      source: "api",
    });
    if (postBack && registration) {
      try {
        await putRegistrationPostback(clients, caller.organizationId, registration, postBack);
      } catch (error) {
        // One whose results go nowhere is not what was asked for; who may make it need not be allowed to delete.
        await runAs(serviceCaller("bff", caller.organizationId), async () =>
          clients.of(RegistrationService).deleteRegistration({ id: registration.id }),
        ).catch((err: unknown) => logger.warn({ err, id: registration.id }, "a registration stayed without postback"));
        throw error;
      }
    }
    return { status: 204 };
  };
}
