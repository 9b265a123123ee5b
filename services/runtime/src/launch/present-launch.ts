import type pg from "pg";
import type { ShownLaunch } from "./launch.mapper.ts";

/** A launch as it stands. */
export type PresentLaunch = ShownLaunch & { readonly epoch: number; readonly preview: boolean };

const query = `
  select l.id, l.registration_id, l.instance_id, l.mode, l.user_agent, l.created_by, l.created_at, l.expires_at, l.opened_at, l.active_at,
    l.ended_at, l.end_kind, l.epoch, l.last_seq, r.preview
  from launch l join registration r on r.id = l.registration_id where l.id = $1`;

/** Reads and locks a launch, in a transaction that has locked its instance before; undefined when it is gone. */
export function lockLaunch(client: pg.ClientBase, id: string): Promise<PresentLaunch | undefined> {
  return read(client, `${query} for update of l`, id);
}

/** Reads a launch; undefined when it is gone. */
export function readLaunch(client: pg.ClientBase, id: string): Promise<PresentLaunch | undefined> {
  return read(client, query, id);
}

async function read(client: pg.ClientBase, sql: string, id: string): Promise<PresentLaunch | undefined> {
  const { rows } = await client.query(sql, [id]);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id: row.id,
    registrationId: row.registration_id,
    instanceId: row.instance_id,
    mode: row.mode,
    userAgent: row.user_agent,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    openedAt: row.opened_at,
    activeAt: row.active_at,
    endedAt: row.ended_at,
    endKind: row.end_kind,
    epoch: row.epoch,
    lastSeq: row.last_seq,
    preview: row.preview,
  };
}
