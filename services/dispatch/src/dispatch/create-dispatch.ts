import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { CreateDispatchRequestSchema, type Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { DispatchCreatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { announce } from "../announce.ts";
import { requireDestination } from "../destination/destination.repository.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { requireCourse, requireVersionOf } from "./course-of.ts";
import { dispatchOfRequest, insertDispatch } from "./dispatch.repository.ts";
import { type DispatchRow, dispatchColumns, normalCallback, toDispatch } from "./dispatch-row.ts";
import { isSigned, newCallbackSecret, putCallback } from "./owned-endpoint.ts";

/** A dispatch that was made, now or before. */
export interface MadeDispatch {
  readonly row: DispatchRow;
  /** Generated now; empty otherwise. */
  readonly callbackSecret: string;
}

/**
 * Makes a dispatch, once per request.
 * @throws DESTINATION_NOT_FOUND, COURSE_NOT_FOUND, COURSE_VERSION_NOT_FOUND, EXTERNAL_ID_TAKEN, ADDRESS_REFUSED, FIELD_INVALID, REQUEST_ID_REUSED
 */
export async function createDispatch(
  parts: DispatchParts,
  tenantId: string,
  requestId: string,
  wanted: Dispatch,
): Promise<MadeDispatch> {
  const { pool, clients, now } = parts;
  const hash = hashOf(requestId, wanted);
  const before = await inTenant(pool(), tenantId, async (client) => {
    const known = await dispatchOfRequest(client, tenantId, requestId);
    if (known) return sameRequest(known, hash, requestId);
    await requireDestination(client, tenantId, { case: "id", value: wanted.destinationId });
    const query = "select from dispatch where tenant_id = $1 and external_id = $2";
    if (wanted.externalId !== "" && (await client.query(query, [tenantId, wanted.externalId])).rowCount)
      throw errors.externalIdTaken({ external_id: wanted.externalId });
    return undefined;
  });
  if (before) return { row: before, callbackSecret: "" };

  const course = await requireCourse(clients, tenantId, wanted.courseId);
  if (wanted.pinnedCourseVersionId !== "")
    await requireVersionOf(clients, tenantId, course.id, wanted.pinnedCourseVersionId);
  const id = uuidV7();
  const externalId = wanted.externalId || id;
  const columns = dispatchColumns({ ...wanted, name: wanted.name.trim() || course.title }, externalId, true);
  const callback = normalCallback(wanted.callback);
  const { secret = "", password = "" } = wanted.callback ?? {};
  const generated = isSigned(callback) && secret === "" ? newCallbackSecret() : "";
  const owned = { dispatchId: id, dispatchName: columns.name, callback, secret: secret || generated, password };
  // Before the dispatch is there: an address that is refused leaves nothing behind, and one left behind is told nothing.
  if (callback) await putCallback(clients, tenantId, owned);

  const at = now();
  const made = await inTenant(pool(), tenantId, async (client) => {
    // Held, so that the destination does not go meanwhile.
    await client.query("select from destination where tenant_id = $1 and id = $2 for key share", [
      tenantId,
      wanted.destinationId,
    ]);
    await requireDestination(client, tenantId, { case: "id", value: wanted.destinationId });
    const row = await insertDispatch(client, {
      id,
      tenant_id: tenantId,
      external_id: externalId,
      destination_id: wanted.destinationId,
      course_id: wanted.courseId,
      ...columns,
      request_id: requestId,
      request_hash: hash,
      created_at: at,
      updated_at: at,
    });
    if (row === undefined) return undefined;
    const event = create(DispatchCreatedSchema, { dispatch: toDispatch(row, at) });
    await announce(client, tenantId, DispatchCreatedSchema, event);
    return row;
  });
  if (made) return { row: made, callbackSecret: generated };

  if (callback) await putCallback(clients, tenantId, { ...owned, callback: undefined });
  // Another call with the same request was faster, or one with the same external id.
  const faster = await inTenant(pool(), tenantId, (client) => dispatchOfRequest(client, tenantId, requestId));
  if (faster === undefined) throw errors.externalIdTaken({ external_id: externalId });
  return { row: sameRequest(faster, hash, requestId), callbackSecret: "" };
}

/** The hash leaves no trace of secrets. */
function hashOf(requestId: string, dispatch: Dispatch): string {
  const { callback } = dispatch;
  const plain =
    callback === undefined ? dispatch : { ...dispatch, callback: { ...callback, secret: "", password: "" } };
  return requestHash(CreateDispatchRequestSchema, create(CreateDispatchRequestSchema, { requestId, dispatch: plain }));
}

function sameRequest(row: DispatchRow, hash: string, requestId: string): DispatchRow {
  if (row.request_hash !== hash) throw requestIdReused(requestId);
  return row;
}
