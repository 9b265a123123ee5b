import type pg from "pg";
import { errors } from "../errors.ts";
import type { DispatchColumns, DispatchRow, PlainDispatchRow } from "./dispatch-row.ts";

const CHANGING = [
  "pinned_course_version_id",
  "name",
  "version_text",
  "description",
  "tags",
  "tag_keys",
  "search_text",
  "email",
  "notes",
  "enabled",
  "terms",
  "usage_limit",
  "seat_limit",
  "seat_idle_seconds",
  "starts_at",
  "expires_at",
  "instancing",
  "hash_learner",
  "tracking_enabled",
  "callback",
  "branding",
  "host_options",
  "share_analytics",
] as const satisfies readonly (keyof DispatchColumns)[];
const FIXED = [
  "id",
  "tenant_id",
  "external_id",
  "destination_id",
  "course_id",
  "request_id",
  "request_hash",
  "created_at",
  "updated_at",
] as const satisfies readonly (keyof PlainDispatchRow)[];

/** Dispatches `d`, each with its destination `s` and what is used of both, `u` and `su`. */
export const DISPATCHES = `dispatch d join destination s on s.id = d.destination_id
  join licence_usage u on u.subject_id = d.id join licence_usage su on su.subject_id = s.id`;
/** Columns of a {@link DispatchRow}. */
export const DISPATCH_COLUMNS = `d.*, u.used, s.enabled as destination_enabled, s.expires_at as destination_expires_at,
  s.usage_limit as destination_usage_limit, su.used as destination_used`;

/** A dispatch that a request makes. */
export type NewDispatch = Pick<PlainDispatchRow, (typeof FIXED)[number]> & DispatchColumns;

/** One dispatch. @throws DISPATCH_NOT_FOUND */
export async function requireDispatch(
  client: pg.ClientBase,
  tenantId: string,
  by: { readonly case: "id" | "externalId"; readonly value: string },
): Promise<DispatchRow> {
  const column = by.case === "id" ? "id" : "external_id";
  const { rows } = await client.query<DispatchRow>(
    `select ${DISPATCH_COLUMNS} from ${DISPATCHES} where d.tenant_id = $1 and d.${column} = $2`,
    [tenantId, by.value],
  );
  if (rows[0] === undefined) throw errors.dispatchNotFound({ id: by.value });
  return rows[0];
}

/** The dispatch that a request made before. */
export async function dispatchOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<DispatchRow | undefined> {
  const query = `select ${DISPATCH_COLUMNS} from ${DISPATCHES} where d.tenant_id = $1 and d.request_id = $2`;
  return (await client.query<DispatchRow>(query, [tenantId, requestId])).rows[0];
}

/** Writes a dispatch with its usage. Answers the row, or undefined when its external id or request was there before. */
export async function insertDispatch(client: pg.ClientBase, row: NewDispatch): Promise<DispatchRow | undefined> {
  const columns = [...FIXED, ...CHANGING];
  const places = columns.map((_, index) => `$${index + 1}`);
  const { rowCount } = await client.query(
    `insert into dispatch (${columns.join(", ")}) values (${places.join(", ")}) on conflict do nothing`,
    columns.map((column) => row[column]),
  );
  if (!rowCount) return undefined;
  await client.query("insert into licence_usage (subject_id, tenant_id) values ($1, $2)", [row.id, row.tenant_id]);
  return requireDispatch(client, row.tenant_id, { case: "id", value: row.id });
}

/** Changes a dispatch. Answers it as it is now. @throws DISPATCH_NOT_FOUND */
export async function changeDispatch(
  client: pg.ClientBase,
  { id, tenant_id }: Pick<DispatchRow, "id" | "tenant_id">,
  columns: DispatchColumns,
  now: Date,
): Promise<DispatchRow> {
  const sets = CHANGING.map((column, index) => `${column} = $${index + 4}`);
  await client.query(
    `update dispatch set ${sets.join(", ")}, version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2`,
    [tenant_id, id, now, ...CHANGING.map((column) => columns[column])],
  );
  return requireDispatch(client, tenant_id, { case: "id", value: id });
}

/** Whoever changes a dispatch takes turns, launches of it do not wait. */
export async function takeTurn(client: pg.ClientBase, dispatchId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`coursemesh.dispatch:${dispatchId}`]);
}
