import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  type ActivityEntry,
  ActivityKind,
  type StreamActivityRequest,
} from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { scopeOf } from "../figures/scope.ts";
import { type JournalRow, toEntries } from "./activity-entry.ts";

/** Well below the 15 seconds of the contract. */
const HEARTBEAT_MS = 10_000;
/** What another process took in is looked for this often. */
const POLL_MS = 1_000;
const PAGE = 200;
/** Positions are given before they are committed: so many back are looked at again, and those already shown are left out. */
const OVERLAP = 500;
/** A watcher this far behind goes on with the newest. */
const MOST_BEHIND = 5_000;

/** What happens, in the order in which it arrived, from a token or from now on. */
export async function* tailJournal(
  { pool, changes }: AnalyticsParts,
  tenantId: string,
  request: StreamActivityRequest,
  withValues: boolean,
  gone: AbortSignal,
): AsyncGenerator<{ entries: ActivityEntry[]; resumeToken: string; droppedCount: bigint }> {
  const scope = scopeOf(tenantId, request.filter);
  const read = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => inTenant(pool(), tenantId, work);
  let position = request.resumeToken === "" ? await read(newest) : readToken(request.resumeToken);
  const before = await read((client) => rowsAfter(client, position, OVERLAP));
  const shown = new Set<string>(before.flatMap((row) => (Number(row.position) <= position ? [row.id] : [])));
  let said = 0;
  while (!gone.aborted) {
    const changed = changes.next(tenantId, POLL_MS, gone);
    const behind = (await read(newest)) - position;
    const dropped = behind > MOST_BEHIND ? behind - PAGE : 0;
    position += dropped;
    const rows = (await read((client) => rowsAfter(client, position, OVERLAP + PAGE))).filter(
      ({ id }) => !shown.has(id),
    );
    const wanted = await read((client) => covered(client, scope, rows));
    for (const { id } of rows) shown.add(id);
    forgetOldest(shown);
    position = Math.max(position, ...rows.map((row) => Number(row.position)));
    const entries = wanted.flatMap((row) => toEntries(row, withValues)).filter((entry) => isAsked(request, entry));
    if (entries.length > 0 || dropped > 0 || performance.now() - said > HEARTBEAT_MS || said === 0) {
      yield { entries, resumeToken: String(position), droppedCount: BigInt(dropped) };
      said = performance.now();
    }
    if (rows.length === 0) await changed;
  }
}

function isAsked({ kinds, errorsOnly }: StreamActivityRequest, { kind, errorCode }: ActivityEntry): boolean {
  if (errorsOnly && (kind !== ActivityKind.CALL || errorCode === "")) return false;
  return kinds.length === 0 || kinds.includes(kind);
}

async function newest(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ position: string | null }>(
    "select max(position) as position from journal where tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid",
  );
  return Number(rows[0]?.position ?? 0);
}

async function rowsAfter(client: pg.ClientBase, position: number, limit: number): Promise<JournalRow[]> {
  const { rows } = await client.query<JournalRow>(
    `select id, subject_id, type, payload, occurred_at, traceparent, position from journal
     where tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid and position > $1 order by position limit $2`,
    [Math.max(0, position - OVERLAP), limit],
  );
  return rows;
}

/** Of events about registrations those that the filter covers; of others all, as long as the filter covers everything. */
async function covered(
  client: pg.ClientBase,
  scope: ReturnType<typeof scopeOf>,
  rows: readonly JournalRow[],
): Promise<JournalRow[]> {
  if (scope.level === 0 || rows.length === 0) return [...rows];
  const place = scope.values.length + 2;
  const { rows: found } = await client.query<{ registration_id: string }>(
    `select r.registration_id from registration_fact r where r.tenant_id = $1 and r.registration_id = any($${place}) and ${scope.whereRegistration}`,
    [scope.tenantId, ...scope.values, rows.map((row) => row.subject_id)],
  );
  const ids = new Set(found.map((row) => row.registration_id));
  return rows.filter((row) => ids.has(row.subject_id));
}

function forgetOldest(shown: Set<string>): void {
  for (const id of shown) {
    if (shown.size <= 2 * (OVERLAP + PAGE)) return;
    shown.delete(id);
  }
}

function readToken(token: string): number {
  if (!/^\d{1,15}$/.test(token)) throw fieldInvalid("resume_token", "is not one of this stream");
  return Number(token);
}
