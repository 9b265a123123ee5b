import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import type pg from "pg";
import type { ReportLinkRow } from "./report-link-row.ts";

/** Which links a list is of; all of the organization when nothing is set. */
export interface LinkFilter {
  readonly dispatchId: string;
  readonly destinationId: string;
}

/** A link that is made now. */
export interface NewLink extends Omit<ReportLinkRow, "last_used_at"> {
  readonly token_hash: Buffer;
  readonly request_id: string;
  readonly created_by: string;
}

/** Stores a link; undefined when one was made for the request before. */
export async function insertLink(client: pg.ClientBase, link: NewLink): Promise<ReportLinkRow | undefined> {
  const entries = Object.entries(link);
  const { rows } = await client.query<ReportLinkRow>(
    `insert into report_link (${entries.map(([name]) => name).join(", ")})
     values (${entries.map((_, index) => `$${index + 1}`).join(", ")})
     on conflict (tenant_id, request_id) do nothing returning *`,
    entries.map(([, value]) => value),
  );
  return rows[0];
}

export async function linkOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<ReportLinkRow | undefined> {
  const { rows } = await client.query<ReportLinkRow>(
    "select * from report_link where tenant_id = $1 and request_id = $2",
    [tenantId, requestId],
  );
  return rows[0];
}

const MINE = `tenant_id = $1 and ($2 = '' or dispatch_id::text = $2) and ($3 = '' or destination_id::text = $3)`;

/** Links, newest first, one more than asked for. */
export async function listLinks(
  client: pg.ClientBase,
  tenantId: string,
  { dispatchId, destinationId }: LinkFilter,
  { after, limit }: PageStart,
): Promise<ReportLinkRow[]> {
  const { rows } = await client.query<ReportLinkRow>(
    `select * from report_link where ${MINE} and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [tenantId, dispatchId, destinationId, after?.[0] ?? null, limit + 1],
  );
  return rows;
}

export async function countLinks(
  client: pg.ClientBase,
  tenantId: string,
  { dispatchId, destinationId }: LinkFilter,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(`select count(*) as count from report_link where ${MINE}`, [
    tenantId,
    dispatchId,
    destinationId,
  ]);
  return BigInt(rows[0]?.count ?? 0);
}

export const linkKeys = ({ id }: ReportLinkRow): PageKeys => [id];

/** The link of a token, noted as used; undefined when there is none that holds. Needs system scope: the token says whose it is. */
export async function useLink(client: pg.ClientBase, tokenHash: Buffer, at: Date): Promise<ReportLinkRow | undefined> {
  const { rows } = await client.query<ReportLinkRow>(
    `update report_link set last_used_at = $2 where token_hash = $1 and (expires_at is null or expires_at > $2) returning *`,
    [tokenHash, at],
  );
  return rows[0];
}
