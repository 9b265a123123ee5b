import { create } from "@bufbuild/protobuf";
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { etagMismatch } from "@coursemesh/platform/errors/service-error.ts";
import { mergeFields, updatePaths } from "@coursemesh/platform/rpc/merge-fields.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { type Destination, DestinationSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DestinationUpdatedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { changeDestination, requireDestination } from "./destination.repository.ts";
import { type DestinationRow, destinationColumns, toDestination } from "./destination-row.ts";

const PATHS = updatePaths(DestinationSchema, [
  "name",
  "tags",
  "email",
  "notes",
  "enabled",
  "terms",
  "branding",
  "host_options",
]);

/** @throws FIELD_INVALID */
export function readDestinationMask(mask: FieldMask | undefined): ReadonlySet<string> {
  return readUpdateMask(mask, PATHS);
}

/**
 * Changes the fields that paths name and announces it.
 * @throws DESTINATION_NOT_FOUND, ETAG_MISMATCH, FIELD_INVALID
 */
export async function updateDestination(
  client: pg.ClientBase,
  tenantId: string,
  wanted: Destination,
  paths: ReadonlySet<string>,
  now: Date,
): Promise<DestinationRow> {
  const row = await requireDestination(client, tenantId, { case: "id", value: wanted.id }, true);
  if (wanted.etag !== "" && wanted.etag !== String(row.version)) throw etagMismatch(String(row.version));
  const next = toDestination(row);
  mergeFields(DestinationSchema, next, wanted, paths);
  const ruleGiven = paths.has("terms") || paths.has("terms.usage_rule");
  const changed = await changeDestination(client, row, destinationColumns(next, row.external_id, ruleGiven), now);
  const event = create(DestinationUpdatedSchema, { destination: toDestination(changed), changedFields: [...paths] });
  await announce(client, tenantId, DestinationUpdatedSchema, event);
  return changed;
}
