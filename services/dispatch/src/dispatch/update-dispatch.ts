import { create } from "@bufbuild/protobuf";
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { etagMismatch } from "@coursemesh/platform/errors/service-error.ts";
import { mergeFields, updatePaths } from "@coursemesh/platform/rpc/merge-fields.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { type Dispatch, DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { DispatchUpdatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { requireCourse, requireVersionOf } from "./course-of.ts";
import { changeDispatch, requireDispatch, takeTurn } from "./dispatch.repository.ts";
import { type DispatchRow, dispatchColumns, normalCallback, toDispatch } from "./dispatch-row.ts";
import { putCallback } from "./owned-endpoint.ts";

const PATHS = updatePaths(DispatchSchema, [
  "pinned_course_version_id",
  "name",
  "version",
  "description",
  "tags",
  "email",
  "notes",
  "enabled",
  "terms",
  "instancing",
  "hash_learner",
  "tracking_enabled",
  "callback",
  "branding",
  "host_options",
  "share_analytics",
]);

/** @throws FIELD_INVALID */
export function readDispatchMask(mask: FieldMask | undefined): ReadonlySet<string> {
  return readUpdateMask(mask, PATHS);
}

/**
 * Changes the fields that paths name, of which the webhook service hears what concerns it, and announces it. What the client's transaction
 * does not keep after all, the endpoint has until the next change.
 * @throws DISPATCH_NOT_FOUND, COURSE_NOT_FOUND, COURSE_VERSION_NOT_FOUND, ADDRESS_REFUSED, ETAG_MISMATCH, FIELD_INVALID
 */
export async function updateDispatch(
  { clients, now }: Pick<DispatchParts, "clients" | "now">,
  client: pg.ClientBase,
  tenantId: string,
  wanted: Dispatch,
  paths: ReadonlySet<string>,
): Promise<DispatchRow> {
  await takeTurn(client, wanted.id);
  const at = now();
  const row = await requireDispatch(client, tenantId, { case: "id", value: wanted.id });
  if (wanted.etag !== "" && wanted.etag !== String(row.version)) throw etagMismatch(String(row.version));
  const next = toDispatch(row, at);
  mergeFields(DispatchSchema, next, wanted, paths);
  if (next.name.trim() === "") next.name = (await requireCourse(clients, tenantId, row.course_id)).title;
  if (paths.has("pinned_course_version_id") && next.pinnedCourseVersionId !== "")
    await requireVersionOf(clients, tenantId, row.course_id, next.pinnedCourseVersionId);
  const ruleGiven = paths.has("terms") || paths.has("terms.usage_rule");
  const columns = dispatchColumns(next, row.external_id, ruleGiven);
  if (concernsCallback(paths) || (columns.callback !== null && columns.name !== row.name)) {
    const { secret = "", password = "" } = next.callback ?? {};
    const callback = normalCallback(next.callback);
    await putCallback(clients, tenantId, {
      dispatchId: row.id,
      dispatchName: columns.name,
      callback,
      secret,
      password,
    });
  }
  const changed = await changeDispatch(client, row, columns, at);
  const event = create(DispatchUpdatedSchema, { dispatch: toDispatch(changed, at), changedFields: [...paths] });
  await announce(client, tenantId, DispatchUpdatedSchema, event);
  return changed;
}

function concernsCallback(paths: ReadonlySet<string>): boolean {
  return [...paths].some((path) => path === "callback" || path.startsWith("callback."));
}
