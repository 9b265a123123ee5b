import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { Instancing } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { type DeploymentPlace, noteLaunch, readDeployment } from "../deployment/find-deployment.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { countAdmission, readUsage } from "../licence/count-admission.ts";
import { lockUsage } from "../licence/lock-usage.ts";
import { type AdmissionFacts, mayAdmit } from "../licence/may-admit.ts";
import { countSeats, readSeat, type SeatOwner, takeSeat } from "../licence/seats.ts";
import type { OpenedKey } from "../signing_key/signing-keys.ts";
import { beginsAnotherInstance } from "./choose-session.ts";
import { type DispatchFacts, readDispatch, termsOf } from "./dispatch-facts.ts";
import { CODE_MS, codeOf, type ExchangeRow, exchangeOfRequest, hashOfCode, insertExchange } from "./exchange-row.ts";
import { localeOf } from "./host-facts.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { type StoredLearner, storedLearner } from "./learner-facts.ts";
import {
  beginSession,
  keyMergedInto,
  keyOfToken,
  newestSession,
  resumeSession,
  type SessionOwner,
} from "./open-session.ts";

/** A launch that was let in. */
export interface AdmittedLaunch {
  readonly dispatch: DispatchFacts;
  readonly session: SessionRow;
  readonly exchange: ExchangeRow;
  /** Undefined for a repeat of the request. */
  readonly learner: StoredLearner | undefined;
}

/** A launch that was not. */
export interface RefusedLaunch {
  readonly dispatch: DispatchFacts;
  readonly reason: RefusalReason;
  readonly deploymentId: string | null;
  readonly learner: StoredLearner;
}

/**
 * Admits a launch, or says why not, in one transaction that holds the usage of destination and dispatch: of two that want the last place
 * one gets it. What was admitted is on disk when this answers, its registration in the runtime is not.
 * @param course whether it can be played; asked for before, because nothing is waited for while the rows are held.
 * @throws EXCHANGE_INVALID when the dispatch is gone
 */
export function admit(
  parts: DispatchParts,
  tenantId: string,
  request: LaunchRequest,
  course: AdmissionFacts["course"],
  key: OpenedKey,
): Promise<AdmittedLaunch | RefusedLaunch> {
  const now = parts.now();
  return inTenant(parts.pool(), tenantId, async (client) => {
    await lockUsage(client, [request.dispatchId]);
    // Only now: terms may have changed while others held the rows, and another copy of this request may have been among them.
    const dispatch = await readDispatch(client, request.dispatchId);
    if (dispatch === undefined) throw errors.exchangeInvalid();
    const known = await exchangeOfRequest(client, dispatch.id, request.requestId);
    if (known) return { dispatch, exchange: known, session: await sessionOf(client, known), learner: undefined };

    const learner = await learnerOf(client, parts, dispatch, request);
    const owner = await ownerOf(client, dispatch, learner, request);
    const place: DeploymentPlace | undefined =
      request.host === undefined ? undefined : placeOf(owner, request.host, request);
    const deployment = place && (await readDeployment(client, place));
    const seat = await readSeat(client, owner);
    const last = await newestSession(client, dispatch.id, owner.learnerKey);
    const terms = termsOf(dispatch);
    const usages = await readUsage(client, [dispatch.destination_id, dispatch.id]);
    const usage = { dispatch: usages.get(dispatch.id), destination: usages.get(dispatch.destination_id) };
    if (usage.dispatch === undefined || usage.destination === undefined) throw errors.exchangeInvalid();
    const used = { dispatch: Number(usage.dispatch.used), destination: Number(usage.destination.used) };
    const seats = {
      dispatch: await countSeats(client, "dispatch", owner, terms.dispatch, now),
      destination: await countSeats(client, "destination", owner, terms.destination, now),
    };
    const subject = (name: "dispatch" | "destination", enabled: boolean) => ({
      enabled,
      terms: terms[name],
      used: used[name],
      seatsTaken: seats[name].taken,
      seated: seats[name].seated,
    });
    const decision = mayAdmit(
      subject("dispatch", dispatch.enabled),
      subject("destination", dispatch.destination_enabled),
      {
        now,
        course,
        packageValid: request.package?.valid ?? true,
        host: request.host,
        deploymentSuspended: deployment?.suspended ?? false,
        admittedAt: seat?.first_used_at,
        revoked: seat?.revoked === true || (last !== undefined && last.revoked_at !== null),
      },
    );
    if (!decision.admitted) {
      return { dispatch, reason: decision.reason, deploymentId: deployment?.id ?? null, learner };
    }

    await takeSeat(client, owner, now);
    const isNew = seat === undefined;
    const { destinationId } = owner;
    const ofDestination = { usage: usage.destination, terms: terms.destination, seats: seats.destination.taken + 1 };
    await countAdmission(client, tenantId, { ...ofDestination, isNew, dispatchId: "", destinationId }, now);
    const ofDispatch = { usage: usage.dispatch, terms: terms.dispatch, seats: seats.dispatch.taken + 1 };
    await countAdmission(client, tenantId, { ...ofDispatch, isNew, dispatchId: dispatch.id, destinationId }, now);
    const deploymentId =
      place && request.package ? await noteFrom(client, place, request.package, owner, request, now) : null;
    const sessionOwner: SessionOwner = { ...owner, deploymentId, learner, aicc: request.aicc, test: false };
    const entry = {
      isStatic: dispatch.instancing === Instancing.STATIC,
      freshEntry: request.freshEntry,
      instanceToken: request.instanceToken,
      mayBeginAnew: decision.mayBeginAnew,
    };
    const session =
      last === undefined || beginsAnotherInstance(last, entry)
        ? await beginSession(client, sessionOwner, now)
        : await resumeSession(client, last, sessionOwner, now);
    await noteContact(client, dispatch, deploymentId === null ? "" : request.facts.lmsProduct, now);
    const exchange = await openExchange(client, session, request, key, dispatch.tracking_enabled, now);
    return { dispatch, session, exchange, learner };
  });
}

/** Writes the exchange of a session. @param tracked false: nothing of the learner's machine is kept. */
export function openExchange(
  client: pg.ClientBase,
  session: SessionRow,
  request: LaunchRequest,
  key: OpenedKey,
  tracked: boolean,
  now: Date,
): Promise<ExchangeRow> {
  const id = uuidV7();
  return insertExchange(client, {
    id,
    tenant_id: session.tenant_id,
    dispatch_id: session.dispatch_id,
    external_session_id: session.id,
    kind: request.kind,
    deployment_id: session.deployment_id,
    package_id: request.package?.id ?? null,
    request_id: request.requestId,
    request_hash: request.requestHash,
    signing_key_id: key.id,
    code_hash: hashOfCode(codeOf(key, id)),
    expires_at: new Date(now.getTime() + CODE_MS),
    seconds_before: session.total_seconds,
    locale: localeOf(request.learner),
    parent_origin: request.parentOrigin,
    ip_address: tracked ? request.facts.ipAddress : "",
    user_agent: tracked ? request.facts.userAgent : "",
    return_url: request.returnUrl,
    created_at: now,
  });
}

/** The session of an exchange that is there. */
export async function sessionOf(
  client: pg.ClientBase,
  { external_session_id }: Pick<ExchangeRow, "external_session_id">,
): Promise<SessionRow> {
  const { rows } = await client.query<SessionRow>("select * from external_session where id = $1", [
    external_session_id,
  ]);
  const [row] = rows;
  if (row === undefined) throw errors.exchangeInvalid();
  return row;
}

/** Hosts that do not say who the learner is get one of their own for each learner that comes without our token. */
async function learnerOf(
  client: pg.ClientBase,
  { learnerKey }: DispatchParts,
  dispatch: DispatchFacts,
  request: LaunchRequest,
): Promise<StoredLearner> {
  const { learner, instanceToken } = request;
  const nameless = learner.id.trim() === "";
  const id = nameless ? `anonymous-${request.requestId}` : learner.id;
  const place = {
    tenantId: dispatch.tenant_id,
    destinationId: dispatch.destination_id,
    destination: dispatch.destination_external_id,
  };
  const rules = { hashLearner: dispatch.hash_learner, tracked: dispatch.tracking_enabled };
  const stored = storedLearner(learnerKey, place, { ...learner, id }, rules);
  if (!nameless || instanceToken === "") return stored;
  const key = await keyOfToken(client, dispatch.id, instanceToken);
  return key === undefined ? stored : { ...stored, key };
}

async function ownerOf(
  client: pg.ClientBase,
  dispatch: DispatchFacts,
  { key }: StoredLearner,
  { dispatchId }: LaunchRequest,
): Promise<SeatOwner> {
  const own = await newestSession(client, dispatchId, key);
  const merged = own === undefined ? await keyMergedInto(client, dispatchId, key) : undefined;
  return {
    tenantId: dispatch.tenant_id,
    dispatchId: dispatch.id,
    destinationId: dispatch.destination_id,
    learnerKey: merged ?? key,
  };
}

function placeOf(owner: SeatOwner, host: string, { facts }: LaunchRequest): DeploymentPlace {
  return { ...owner, lmsDomain: host, lmsCourseId: facts.lmsCourseId };
}

function noteFrom(
  client: pg.ClientBase,
  place: DeploymentPlace,
  from: NonNullable<LaunchRequest["package"]>,
  { learnerKey }: SeatOwner,
  { facts }: LaunchRequest,
  now: Date,
): Promise<string> {
  const { format, launcherVersion } = from;
  const news = { lmsProduct: facts.lmsProduct, format, packageId: from.id, launcherVersion, learnerKey };
  return noteLaunch(client, place, news, now);
}

async function noteContact(
  client: pg.ClientBase,
  dispatch: DispatchFacts,
  lmsProduct: string,
  now: Date,
): Promise<void> {
  await client.query(
    "update dispatch set first_launch_at = coalesce(first_launch_at, $2), last_launch_at = greatest(last_launch_at, $2) where id = $1",
    [dispatch.id, now],
  );
  await client.query(
    "update destination set last_contact_at = greatest(last_contact_at, $2), lms_product = case when $3 = '' then lms_product else $3 end where id = $1",
    [dispatch.destination_id, now, lmsProduct],
  );
}
