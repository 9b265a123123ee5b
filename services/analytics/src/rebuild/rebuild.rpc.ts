import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreateRebuildRequestSchema,
  type Rebuild,
  RebuildSchema,
  type RebuildService,
  RebuildState,
} from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { rebuildNotFound, rebuildRunning } from "../errors.ts";
import { NIL } from "../fold/folded.ts";

interface RebuildRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly state: RebuildState;
  readonly event_count: string;
  readonly event_total: string;
  readonly difference_count: string;
  readonly differences: readonly string[];
  readonly error: string;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly heard_at: Date;
  readonly ended_at: Date | null;
}

const UNDER_WAY = `state in (${RebuildState.WAITING}, ${RebuildState.RUNNING})`;
/** Two that ask at once: one of them is the first. */
const CREATE_LOCK = 0x72656275;

/** Rebuilds of facts of the journal, for people who administer the installation. */
export function rebuildRpc({ pool }: AnalyticsParts): ServiceImpl<typeof RebuildService> {
  return {
    async createRebuild(request) {
      const hash = requestHash(CreateRebuildRequestSchema, request);
      const row = await inSystem(pool(), async (client) => {
        await client.query("select pg_advisory_xact_lock($1)", [CREATE_LOCK]);
        const [known] = await select(client, "request_id = $1", [request.requestId]);
        if (known && known.request_hash !== hash) throw requestIdReused(request.requestId);
        if (known) return known;
        const [running] = await select(client, UNDER_WAY, []);
        if (running) throw rebuildRunning({ id: running.id });
        const { rows } = await client.query<RebuildRow>(
          `insert into rebuild (id, tenant_id, state, compare_only, request_id, request_hash)
           values ($1, $2, ${RebuildState.WAITING}, $3, $4, $5) returning *`,
          [uuidV7(), request.organizationId || NIL, request.compareOnly, request.requestId, hash],
        );
        return rows[0];
      });
      return row ? { rebuild: toRebuild(row) } : {};
    },

    async getRebuild({ id }) {
      const [row] = await inSystem(pool(), (client) => select(client, "id = $1", [id]));
      if (row === undefined) throw rebuildNotFound({ id });
      return { rebuild: toRebuild(row) };
    },

    async listRebuilds({ page }) {
      const list = "rebuilds";
      const start = readPageRequest(page, list);
      return inSystem(pool(), async (client) => {
        const behind = start.after ? "id < $2" : "$2::uuid is null";
        const { rows: found } = await client.query<RebuildRow>(
          `select * from rebuild where ${behind} order by id desc limit $1`,
          [start.limit + 1, start.after?.[0] ?? null],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const { rows: counted } = page?.withTotal
          ? await client.query<{ count: string }>("select count(*) as count from rebuild")
          : { rows: [] };
        const total = counted[0] ? { total: BigInt(counted[0].count) } : {};
        return { rebuilds: rows.map(toRebuild), page: { nextPageToken, ...total } };
      });
    },

    async cancelRebuild({ id }) {
      return inSystem(pool(), async (client) => {
        await client.query(
          `update rebuild set state = ${RebuildState.CANCELED}, ended_at = now() where id = $1 and ${UNDER_WAY}`,
          [id],
        );
        const [row] = await select(client, "id = $1", [id]);
        if (row === undefined) throw rebuildNotFound({ id });
        return { rebuild: toRebuild(row) };
      });
    },
  };
}

async function select(client: pg.ClientBase, where: string, values: readonly unknown[]): Promise<RebuildRow[]> {
  const { rows } = await client.query<RebuildRow>(`select * from rebuild where ${where} order by id limit 1`, [
    ...values,
  ]);
  return rows;
}

function toRebuild(row: RebuildRow): Rebuild {
  const { id, state, error, created_at: created, ended_at: ended } = row;
  const seconds = ((ended ?? row.heard_at).getTime() - created.getTime()) / 1000;
  return create(RebuildSchema, {
    ...{ id, state, error },
    organizationId: row.tenant_id === NIL ? "" : row.tenant_id,
    eventCount: BigInt(row.event_count),
    eventTotal: BigInt(row.event_total),
    eventsPerSecond: seconds > 0 ? Number(row.event_count) / seconds : 0,
    differenceCount: BigInt(row.difference_count),
    differences: [...row.differences],
    createTime: timestampFromDate(created),
    ...(ended && { endTime: timestampFromDate(ended) }),
  });
}
