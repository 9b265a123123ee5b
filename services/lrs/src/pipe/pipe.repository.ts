import { type Database, inTenant } from "@coursemesh/platform/db/database.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { type EntityManager, LockMode, UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { pipeNotFound } from "../errors.ts";
import { DeadLetterEntity, type DeadLetterRow } from "./dead-letter.entity.ts";
import { PipeEntity, type PipeRow } from "./pipe.entity.ts";
import { filterOf, type PipeCounts } from "./pipe.mapper.ts";
import { countAhead } from "./read-ahead.ts";

/** Pipes and their dead letters in the database. */
export interface PipeRepository {
  /** @throws PIPE_NOT_FOUND */
  require(tenantId: string, id: string): Promise<PipeRow>;
  /** By name, one more than asked for. */
  list(tenantId: string, start: PageStart): Promise<PipeRow[]>;
  count(tenantId: string): Promise<number>;
  /** Inserts a pipe, or answers the one that the same request made before. */
  insert(row: PipeRow): Promise<PipeRow>;
  /** Changes a pipe. @throws PIPE_NOT_FOUND */
  change(tenantId: string, id: string, work: (row: PipeRow) => Promise<void> | void): Promise<PipeRow>;
  remove(tenantId: string, id: string): Promise<void>;
  countsOf(row: PipeRow): Promise<PipeCounts>;
  /** Newest first, one more than asked for. */
  deadLetters(tenantId: string, pipeId: string, start: PageStart): Promise<DeadLetterRow[]>;
  /** Marks dead letters for another attempt; no ids: all. Answers how many. */
  retry(tenantId: string, pipeId: string, ids: readonly string[]): Promise<number>;
  forget(tenantId: string, pipeId: string, ids: readonly string[]): Promise<void>;
}

export function pipeRepository(database: () => Database): PipeRepository {
  const find = (em: EntityManager, where: Partial<PipeRow>) => em.findOne(PipeEntity, where);
  return {
    async require(tenantId, id) {
      const row = await find(database().tenant(tenantId), { tenantId, id });
      if (row === null) throw pipeNotFound({ id });
      return row;
    },
    list(tenantId, { after, limit }) {
      const [name, id] = (after ?? []).map(String);
      const behind = after ? { $or: [{ name: { $gt: name } }, { name, id: { $gt: id } }] } : {};
      return database()
        .tenant(tenantId)
        .find(PipeEntity, { tenantId, ...behind } as object, { orderBy: { name: "asc", id: "asc" }, limit: limit + 1 });
    },
    count: (tenantId) => database().tenant(tenantId).count(PipeEntity, { tenantId }),
    async insert(row) {
      const { tenantId, requestId } = row;
      try {
        await database().tenant(tenantId).insert(PipeEntity, row);
        return row;
      } catch (error) {
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
        return database().tenant(tenantId).findOneOrFail(PipeEntity, { tenantId, requestId });
      }
    },
    change: (tenantId, id, work) =>
      database()
        .tenant(tenantId)
        .transactional(async (em) => {
          const row = await em.findOne(PipeEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
          if (row === null) throw pipeNotFound({ id });
          await work(row);
          return row;
        }),
    async remove(tenantId, id) {
      await database().tenant(tenantId).nativeDelete(PipeEntity, { tenantId, id });
    },
    countsOf: ({ tenantId, id, filter, cursorPosition }) =>
      inTenant(database().pool, tenantId, async (client) => {
        const waiting = await countAhead(client, tenantId, filterOf(filter), cursorPosition);
        const { rows } = await client.query<{ count: number }>(
          "select count(*)::int as count from dead_letter where tenant_id = $1 and pipe_id = $2",
          [tenantId, id],
        );
        return { waiting, deadLetters: rows[0]?.count ?? 0 };
      }),
    deadLetters: (tenantId, pipeId, { after, limit }) =>
      database()
        .tenant(tenantId)
        .find(
          DeadLetterEntity,
          { tenantId, pipeId, ...(after && { id: { $lt: String(after[0]) } }) },
          { orderBy: { id: "desc" }, limit: limit + 1 },
        ),
    retry: (tenantId, pipeId, ids) =>
      inTenant(database().pool, tenantId, async (client) => {
        const { rowCount } = await client.query(
          `update dead_letter set retry = true where tenant_id = $1 and pipe_id = $2 and (cardinality($3::uuid[]) = 0 or id = any($3))`,
          [tenantId, pipeId, ids],
        );
        await client.query("update pipe set next_attempt_at = now() where tenant_id = $1 and id = $2", [
          tenantId,
          pipeId,
        ]);
        return rowCount ?? 0;
      }),
    async forget(tenantId, pipeId, ids) {
      await database()
        .tenant(tenantId)
        .nativeDelete(DeadLetterEntity, { tenantId, pipeId, id: { $in: [...ids] } });
    },
  };
}
