import { toBinary } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreateVersionMoveRequestSchema,
  VersionMoveImpactSchema,
  VersionMovePlanSchema,
  type VersionMoveService,
  VersionMoveState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { listFingerprint } from "../search/list-fingerprint.ts";
import { announceMove } from "./announce-move.ts";
import { previewMove } from "./preview-move.ts";
import { queueMove } from "./run-version-move.ts";
import { MOVE_COLUMNS, requireMove, toVersionMove, type VersionMoveRow } from "./version-move-row.ts";

/** VersionMoveService. */
export function versionMoveRpc(parts: DispatchParts): ServiceImpl<typeof VersionMoveService> {
  const { pool, now, jobs } = parts;

  /** Changes a move that has not ended, and works on it. */
  const change = (tenantId: string, id: string, set: string, values: readonly unknown[]) =>
    inTenant(pool(), tenantId, async (client) => {
      const row = await requireMove(client, tenantId, id);
      if (row.state === VersionMoveState.REVERTED || row.reverting)
        throw errors.versionMoveEnded({ id, state: textOfState(row.state) });
      const open = await openMoveOf(client, tenantId, row.course_id);
      if (open !== "" && open !== id) throw errors.versionMoveOpen({ id: open });
      await client.query(`update version_move set ${set}, updated_at = $2 where id = $1`, [id, now(), ...values]);
      await queueMove(jobs(), { tenantId, id }, { client });
      return { versionMove: await announceMove(client, await requireMove(client, tenantId, id)) };
    });

  return {
    async previewVersionMove({ plan }, context) {
      return { impact: await previewMove(parts, organizationOf(context), plan) };
    },

    async createVersionMove(request, context) {
      const tenantId = organizationOf(context);
      const { plan, requestId, sharePercent } = request;
      const hash = requestHash(CreateVersionMoveRequestSchema, request);
      const known = await inTenant(pool(), tenantId, (client) => moveOfRequest(client, tenantId, requestId));
      if (known) return { versionMove: toVersionMove(sameRequest(known, hash, requestId)) };
      const impact = await previewMove(parts, tenantId, plan);
      if (plan === undefined) throw fieldInvalid("plan", "is required");
      return inTenant(pool(), tenantId, async (client) => {
        const id = uuidV7();
        const { rowCount } = await client.query(
          `insert into version_move (id, tenant_id, course_id, plan, impact, share_percent, state, created_by, request_id, request_hash,
             created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, ${VersionMoveState.RUNNING}, $7, $8, $9, $10, $10) on conflict do nothing`,
          [
            ...[id, tenantId, plan.courseId, Buffer.from(toBinary(VersionMovePlanSchema, plan))],
            ...[Buffer.from(toBinary(VersionMoveImpactSchema, impact)), sharePercent],
            ...[callerOf(context).displayName || callerOf(context).id, requestId, hash, now()],
          ],
        );
        if (!rowCount) {
          const faster = await moveOfRequest(client, tenantId, requestId);
          if (faster) return { versionMove: toVersionMove(sameRequest(faster, hash, requestId)) };
          throw errors.versionMoveOpen({ id: await openMoveOf(client, tenantId, plan.courseId) });
        }
        await queueMove(jobs(), { tenantId, id }, { client });
        return { versionMove: await announceMove(client, await requireMove(client, tenantId, id)) };
      });
    },

    getVersionMove({ id }, context) {
      const tenantId = organizationOf(context);
      return inTenant(pool(), tenantId, async (client) => ({
        versionMove: toVersionMove(await requireMove(client, tenantId, id)),
      }));
    },

    listVersionMoves(request, context) {
      const tenantId = organizationOf(context);
      const list = listFingerprint("version moves", tenantId, request);
      const start = readPageRequest(request.page, list);
      const mine = `m.tenant_id = $1 and ($2 = '' or m.course_id::text = $2)
        and ($3 = '' or m.course_id = (select d.course_id from dispatch d where d.id::text = $3))`;
      const values = [tenantId, request.courseId, request.dispatchId];
      return inTenant(pool(), tenantId, async (client) => {
        const { rows: found } = await client.query<VersionMoveRow>(
          `select ${MOVE_COLUMNS} from version_move m where ${mine} and ($4::uuid is null or m.id < $4) order by m.id desc limit $5`,
          [...values, start.after?.[0] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const total = async () => {
          const count = `select count(*) as count from version_move m where ${mine}`;
          return BigInt((await client.query<{ count: string }>(count, values)).rows[0]?.count ?? 0);
        };
        const withTotal = request.page?.withTotal ? { total: await total() } : {};
        return { versionMoves: rows.map(toVersionMove), page: { nextPageToken, ...withTotal } };
      });
    },

    async widenVersionMove({ id, sharePercent }, context) {
      const tenantId = organizationOf(context);
      const row = await inTenant(pool(), tenantId, (client) => requireMove(client, tenantId, id));
      if (row.ended_at !== null) throw errors.versionMoveEnded({ id, state: textOfState(row.state) });
      if (sharePercent < row.share_percent)
        throw fieldInvalid("share_percent", `must be at least ${row.share_percent}; those moved stay moved`);
      return change(tenantId, id, `share_percent = $3, state = ${VersionMoveState.RUNNING}`, [sharePercent]);
    },

    revertVersionMove({ id }, context) {
      const set = `reverting = true, ended_at = null, state = ${VersionMoveState.RUNNING}`;
      return change(organizationOf(context), id, set, []);
    },
  };
}

function textOfState(state: VersionMoveState): string {
  return Object.entries(VersionMoveState).find(([, value]) => value === state)?.[0] ?? "";
}

async function moveOfRequest(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
): Promise<VersionMoveRow | undefined> {
  const { rows } = await client.query<VersionMoveRow>(
    `select ${MOVE_COLUMNS} from version_move m where m.tenant_id = $1 and m.request_id = $2`,
    [tenantId, requestId],
  );
  return rows[0];
}

function sameRequest(row: VersionMoveRow, hash: string, requestId: string): VersionMoveRow {
  if (row.request_hash !== hash) throw requestIdReused(requestId);
  return row;
}

/** The course's move that has not ended; empty for none. */
async function openMoveOf(client: pg.ClientBase, tenantId: string, courseId: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    "select id from version_move where tenant_id = $1 and course_id = $2 and ended_at is null",
    [tenantId, courseId],
  );
  return rows[0]?.id ?? "";
}
