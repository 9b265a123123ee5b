import { createHash, randomBytes } from "node:crypto";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { openSession, type SequencingState, saveSession } from "@coursemesh/scorm/sequencing/session.ts";
import type pg from "pg";
import type { Catalog, PreparedCourse } from "../catalog/catalog.ts";
import * as errors from "../errors.ts";
import { saveGlobalObjectives } from "../global-objective/global-objective.repository.ts";
import { sharedDataOf } from "../shared-data/shared-data.repository.ts";
import type { Asked } from "../step/asked.ts";
import { type CarriedOut, carryOut } from "../step/carry-out.ts";
import { findStepOfCall, insertStep, lastSeqOf, type StepRecord, type StepRow } from "../step/step.repository.ts";
import { packTrace, stateAfter, storedForm } from "../step/stored-state.ts";
import { withTakenIn } from "../step/taken-in.ts";
import type { StepAnswer } from "./answer.ts";
import { changedObjectives, keepSharedData, lookAround } from "./learner-memory.ts";
import { scopesOf } from "./learner-scope.ts";
import { refuseCall } from "./refuse-call.ts";
import { seededRandom } from "./seeded-random.ts";
import { findSession, lockLearner, type SessionRow, saveSessionRow } from "./session.repository.ts";
import { storesOf } from "./shared-stores.ts";
import { emptyState } from "./state-difference.ts";
import { writeStepEvents } from "./step-events.ts";

/** One question to a session. */
export interface StepCall {
  readonly launchId: string;
  readonly seq: number;
  readonly instanceId: string;
  readonly requestHash: string;
  readonly asked: Asked;
  /** Of a launch: whose session it is, should there be none yet. */
  readonly begin?: Pick<SessionRow, "registrationId" | "learnerId" | "courseId" | "courseVersionId">;
}

export interface StepTakerDeps {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
  /** Called in the transaction, when everything is written and nothing is committed; tests let it fail there. */
  readonly beforeCommit?: () => Promise<void>;
}

/**
 * Takes a step with authority: session state, step with trace, global objectives, shared data and events are one transaction. Idempotent by launch and seq.
 * @throws SESSION_NOT_FOUND, SESSION_ENDED, LAUNCH_SUPERSEDED, SEQ_REUSED, SEQ_OUT_OF_ORDER, OUTLINE_NOT_FOUND, ACTIVITY_NOT_FOUND, RESULT_INVALID
 */
export function stepTaker(deps: StepTakerDeps): (organizationId: string, call: StepCall) => Promise<StepAnswer> {
  return async (organizationId, call) => {
    const { pool, catalog } = deps;
    const found =
      call.begin ?? (await inTenant(pool(), organizationId, (it) => findSession(it, organizationId, call.instanceId)));
    if (found === undefined) throw errors.sessionNotFound({ instance_id: call.instanceId });
    const course = await catalog.course(organizationId, found.courseVersionId);
    return inTenant(pool(), organizationId, async (client) => {
      await lockLearner(client, organizationId, found.learnerId);
      const known = await findSession(client, organizationId, call.instanceId);
      const first = known && (await findStepOfCall(client, call.instanceId, call.launchId, call.seq));
      if (first !== undefined) {
        if (first.requestHash === call.requestHash) return repeatedAnswer(client, course, first);
        throw errors.seqReused({ launch_id: call.launchId, seq: String(call.seq) });
      }
      const row = known ?? newSession(call);
      if (row === undefined) throw errors.sessionNotFound({ instance_id: call.instanceId });
      const ofLaunch = call.begin && (await lastSeqOf(client, call.instanceId, call.launchId));
      refuseCall(row, call, course.index, ofLaunch);
      const answer = await take(client, organizationId, course, row, call);
      await deps.beforeCommit?.();
      return answer;
    });
  };
}

/** A session before its first step; its seed is drawn here, once. */
function newSession({ begin, instanceId, launchId, asked }: StepCall): SessionRow | undefined {
  if (begin === undefined) return undefined;
  return {
    ...begin,
    instanceId,
    launchId,
    lastSeq: -1,
    revision: 0,
    status: SessionStatus.UNSPECIFIED,
    seed: randomBytes(8).readBigInt64BE(),
    state: canonicalJson(emptyState),
    stateHash: Buffer.alloc(0),
    delivery: null,
    shared: null,
    steppedAt: asked.now,
  };
}

async function take(
  client: pg.ClientBase,
  organizationId: string,
  course: PreparedCourse,
  row: SessionRow,
  call: StepCall,
): Promise<StepAnswer> {
  const { index } = course;
  const { asked } = call;
  const scopes = scopesOf(index.tree, organizationId, row.learnerId, row.instanceId);
  const before = JSON.parse(row.state) as SequencingState;
  const takenIn = await lookAround(client, scopes, index.globalObjectives, before);
  const revision = row.revision + 1;
  const session = openSession(index, withTakenIn(before, takenIn));
  const began = process.hrtime.bigint();
  const random = seededRandom(row.seed, revision);
  const done = carryOut(session, row.status, asked, { now: asked.now, random });
  const durationUs = Number((process.hrtime.bigint() - began) / 1000n);
  const after = saveSession(done.session);
  const state = canonicalJson(after);
  const stateHash = createHash("sha256").update(state).digest();
  const stepId = uuidV7();

  const writer = { stepId, instanceId: row.instanceId };
  const changed = changedObjectives(index.globalObjectives, withTakenIn(before, takenIn), after);
  const objectives = await saveGlobalObjectives(client, scopes.objectives, changed, writer);
  await keepSharedData(client, scopes, course, row, asked, done);
  const delivered = done.effect?.type === "deliver" ? done.effect.delivery : undefined;
  const delivery = delivered === undefined ? null : canonicalJson(delivered);
  const activity = delivered && index.byIdentifier.get(delivered.activity);
  const seen = delivered && (await sharedDataOf(client, scopes.shared, storesOf(activity)));
  const shared = seen === undefined ? null : canonicalJson(seen);

  const outcome = { accepted: done.accepted, exception: done.exception };
  const record: StepRecord = {
    id: stepId,
    instanceId: row.instanceId,
    revision,
    launchId: call.launchId,
    seq: call.seq,
    courseVersionId: course.courseVersionId,
    asked,
    requestHash: call.requestHash,
    takenIn,
    ...outcome,
    status: done.status,
    activityBefore: identifierAt(course, session.currentActivity),
    activityAfter: identifierAt(course, done.session.currentActivity),
    stateHash,
    ...storedForm(revision, before, after, state),
    delivery,
    shared,
    trace: packTrace(done.trace),
    durationUs,
  };
  await insertStep(client, organizationId, record);
  const next: SessionRow = {
    ...row,
    courseVersionId: course.courseVersionId,
    launchId: call.launchId,
    lastSeq: call.seq,
    revision,
    status: done.status,
    state,
    stateHash,
    ...presentDelivery(row, done, delivery, shared),
    steppedAt: asked.now,
  };
  await saveSessionRow(client, organizationId, next);
  await writeStepEvents(client, organizationId, { row: next, call, before: session, done, objectives });
  return {
    ...{ instanceId: row.instanceId, status: done.status, revision, session: done.session, state, stateHash },
    ...{ delivery, shared, now: asked.now, stepId, ...outcome, repeated: false },
  };
}

/** What a session that is looked at later shows as delivered. */
function presentDelivery(
  row: SessionRow,
  done: CarriedOut,
  delivery: string | null,
  shared: string | null,
): Pick<SessionRow, "delivery" | "shared"> {
  if (delivery !== null) return { delivery, shared };
  return done.status === SessionStatus.ACTIVE
    ? { delivery: row.delivery, shared: row.shared }
    : { delivery: null, shared: null };
}

function identifierAt({ index }: PreparedCourse, at: number | undefined): string {
  return at === undefined ? "" : (index.activities[at]?.identifier ?? "");
}

async function repeatedAnswer(client: pg.ClientBase, course: PreparedCourse, step: StepRow): Promise<StepAnswer> {
  const state = await stateAfter(client, step.instanceId, step.revision);
  const { instanceId, status, revision, stateHash, delivery, shared, accepted, exception } = step;
  return {
    ...{ instanceId, status, revision, stateHash, delivery, shared, accepted, exception },
    session: openSession(course.index, state),
    state: canonicalJson(state),
    now: step.asked.now,
    stepId: step.id,
    repeated: true,
  };
}
