import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { openSession, type SequencingSession, type SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import type pg from "pg";
import type { Catalog, PreparedCourse } from "../catalog/catalog.ts";
import { sessionNotFound, stepNotFound } from "../errors.ts";
import { findSession } from "../session/session.repository.ts";
import { findStep } from "./step.repository.ts";
import { stateAfter } from "./stored-state.ts";

/** What reading sessions needs. */
export interface ReaderDeps {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
}

/** A session at one moment. */
export interface SessionMoment {
  readonly course: PreparedCourse;
  readonly session: SequencingSession;
  readonly status: SessionStatus;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A session as it stands, or as it stood after one of its steps. @throws SESSION_NOT_FOUND, STEP_NOT_FOUND */
export async function sessionAt(
  { pool, catalog }: ReaderDeps,
  organizationId: string,
  instanceId: string,
  stepId: string,
): Promise<SessionMoment> {
  const found = await inTenant(pool(), organizationId, async (client) => {
    const row = await findSession(client, organizationId, instanceId);
    if (row === undefined) throw sessionNotFound({ instance_id: instanceId });
    const present = { ...row, state: JSON.parse(row.state) as SequencingState, now: row.steppedAt };
    if (stepId === "") return present;
    const step = await findStep(client, organizationId, stepId);
    if (step?.instanceId !== row.instanceId) throw stepNotFound({ id: stepId });
    return { ...step, state: await stateAfter(client, row.instanceId, step.revision), now: step.asked.now };
  });
  const course = await catalog.course(organizationId, found.courseVersionId);
  const { status, revision, now } = found;
  return { course, session: openSession(course.index, found.state), status, revision, now };
}
