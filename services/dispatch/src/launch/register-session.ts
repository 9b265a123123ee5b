import { inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV5 } from "@coursemesh/platform/ids/uuid-v5.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { asDispatch, type DispatchFacts } from "./dispatch-facts.ts";
import type { StoredLearner } from "./learner-facts.ts";

/** Where our registrations come from, as the runtime names it. */
const SOURCE = "dispatch";
/** Why the runtime may have no course for a registration; all else is a fault. */
const COURSE_GONE = new Set(["COURSE_NOT_FOUND", "COURSE_ARCHIVED"]);

/**
 * Gives a session its registration and instance in the runtime, when it has none: right after its admission, or at the next launch when
 * that was cut short. Doing it again does nothing more.
 * @throws COURSE_NOT_FOUND when the course went in between
 */
export async function registerSession(
  parts: DispatchParts,
  dispatch: DispatchFacts,
  session: SessionRow,
  learner: StoredLearner["runtime"],
): Promise<SessionRow> {
  if (session.registration_id !== null || session.test) return session;
  const { tenant_id: tenantId, id } = session;
  const known = await inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<SessionRow>(
      `select * from external_session where dispatch_id = $1 and learner_key = $2 and registration_id is not null
       order by id = $3 desc, instance_number desc limit 1`,
      [session.dispatch_id, session.learner_key, id],
    );
    return rows[0];
  });
  // A repeat of the request, at the same time, was first.
  if (known?.id === id) return known;
  const earlier = known?.registration_id ?? undefined;
  const registration = await asDispatch(tenantId, () =>
    earlier === undefined
      ? makeRegistration(parts, dispatch, session, learner)
      : makeInstance(parts, dispatch, session, earlier),
  );
  const { instance } = registration;
  return inTenant(parts.pool(), tenantId, async (client) => {
    const { rows } = await client.query<SessionRow>(
      `update external_session set registration_id = coalesce(registration_id, $2), instance_id = coalesce(instance_id, $3),
         course_version_id = coalesce(course_version_id, $4) where id = $1 returning *`,
      [id, registration.id, instance?.id ?? null, instance?.courseVersionId ?? null],
    );
    const [row] = rows;
    if (row === undefined) throw errors.exchangeInvalid();
    return row;
  });
}

async function makeRegistration(
  { clients }: DispatchParts,
  dispatch: DispatchFacts,
  { id }: SessionRow,
  learner: StoredLearner["runtime"],
): Promise<Registration> {
  try {
    const { registration } = await clients.of(RegistrationService).createRegistration({
      requestId: uuidV5(id, "registration"),
      externalId: id,
      courseId: dispatch.course_id,
      courseVersionId: dispatch.pinned_course_version_id ?? "",
      learner,
      tags: dispatch.tags,
      source: SOURCE,
    });
    return present(registration);
  } catch (error) {
    throw COURSE_GONE.has(reasonOf(error) ?? "") ? errors.courseNotFound({ id: dispatch.course_id }) : error;
  }
}

/** The next instance of a learner is one of the same registration. */
async function makeInstance(
  { clients }: DispatchParts,
  dispatch: DispatchFacts,
  { id }: SessionRow,
  registrationId: string,
): Promise<Registration> {
  const { registration } = await clients.of(RegistrationService).createInstance({
    requestId: uuidV5(id, "instance"),
    registrationId,
    courseVersionId: dispatch.pinned_course_version_id ?? "",
  });
  return present(registration);
}

function present(registration: Registration | undefined): Registration {
  if (registration === undefined) throw new Error("the runtime answered without a registration");
  return registration;
}
