import { create } from "@bufbuild/protobuf";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { ImportCompletedSchema, ImportFailedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import {
  type EntityData,
  type EntityManager,
  raw,
  sql,
  UniqueConstraintViolationException,
} from "@mikro-orm/postgresql";
import type { Storage } from "../storage.ts";
import { ENDED, ImportEntity, type ImportRow, type ImportStateName } from "./import.entity.ts";
import { toImport } from "./import.mapper.ts";
import { IMPORT_CHANNEL } from "./import-signal.ts";

/** Job that runs an import. */
export const RUN_IMPORT = "run-import";
/** Job that tells the callback address how an import ended. */
export const TELL_CALLBACK = "tell-callback";

/** What the jobs of imports carry. */
export interface ImportJob {
  readonly id: string;
  readonly tenantId: string;
}

/** Which imports a list wants. */
export interface ImportFilter {
  readonly states: readonly ImportStateName[];
  /** Empty: of any course. */
  readonly courseId: string;
}

/** Milliseconds after which an import that was given back and not taken up is queued again, should the queue have lost it. */
const LOST_MS = 300_000;

type Change = EntityData<ImportRow>;

/** Rows of imports. Every change is announced on {@link IMPORT_CHANNEL}. */
export interface ImportRepository {
  /** Inserts an import and its job, or gives the one that has this request id already. */
  insert(row: ImportRow): Promise<ImportRow>;
  find(tenantId: string, id: string): Promise<ImportRow | undefined>;
  findByRequest(tenantId: string, requestId: string): Promise<ImportRow | undefined>;
  list(tenantId: string, filter: ImportFilter, page: PageStart): Promise<ImportRow[]>;
  count(tenantId: string, filter: ImportFilter): Promise<number>;
  /** True while an import that has not ended wants the upload's file. */
  wantsUpload(tenantId: string, uploadId: string): Promise<boolean>;
  /**
   * Ends an import that waits, and gives it; has one ended that has begun. What is being published is left to complete.
   */
  cancel(tenantId: string, id: string): Promise<ImportRow | undefined>;
  /** Takes an import that has not ended and that nobody else works on. */
  claim(job: ImportJob, owner: string, leaseSeconds: number): Promise<ImportRow | undefined>;
  /** Stays its owner for another while. Undefined: somebody else is, or it has ended. */
  renew(job: ImportJob, owner: string, leaseSeconds: number): Promise<{ cancelRequested: boolean } | undefined>;
  /** Changes an import that `owner` works on. False: somebody else does, or it has ended. */
  change(job: ImportJob, owner: string, change: Change): Promise<boolean>;
  /** Begins publishing, in the moment in which the package becomes visible. False: it was canceled or is another's. */
  beginPublishing(job: ImportJob, owner: string, packageId: string, report: string): Promise<boolean>;
  /** Ends an import and announces it. False: it was another's. */
  end(job: ImportJob, owner: string, state: "complete" | "failed" | "canceled", change: Change): Promise<boolean>;
  /** Gives an import back to the queue. @param counts whether it was a try, or only the process that stopped. */
  release(job: ImportJob, owner: string, counts: boolean): Promise<void>;
  /** Queues imports again whose process was not heard of for too long. Answers how many. */
  requeueLost(): Promise<number>;
}

export function importRepository(storage: Storage): ImportRepository {
  const find = async (tenantId: string, id: string): Promise<ImportRow | undefined> =>
    (await storage.database.tenant(tenantId).findOne(ImportEntity, { id, tenantId })) ?? undefined;
  const findByRequest = async (tenantId: string, requestId: string): Promise<ImportRow | undefined> =>
    (await storage.database.tenant(tenantId).findOne(ImportEntity, { tenantId, requestId })) ?? undefined;
  const matching = (tenantId: string, { states, courseId }: ImportFilter) => ({
    tenantId,
    ...(states.length > 0 ? { state: { $in: [...states] } } : {}),
    ...(courseId === "" ? {} : { [raw("coalesce(made_course_id, course_id)")]: courseId }),
  });
  const open = { $nin: [...ENDED] };

  const changeIn = async (
    em: EntityManager,
    { id, tenantId }: ImportJob,
    where: Record<string, unknown>,
    change: Change,
  ): Promise<boolean> => {
    const data = { ...change, revision: sql`revision + 1` } as Change;
    const changed = await em.nativeUpdate(ImportEntity, { id, tenantId, ...where }, data);
    if (changed === 1) await em.execute("select pg_notify(?, ?)", [IMPORT_CHANNEL, id]);
    return changed === 1;
  };
  const announceEnd = async (em: EntityManager, job: ImportJob): Promise<void> => {
    const row = await em.findOneOrFail(ImportEntity, job, { refresh: true });
    const schema = row.state === "complete" ? ImportCompletedSchema : ImportFailedSchema;
    // A canceled import is no news to anybody but its callback.
    if (row.state !== "canceled")
      await recordEvent(em, job.tenantId, schema, create(schema, { import: toImport(row) }));
    if (row.callbackUrl !== "") await storage.jobs.addIn(em, TELL_CALLBACK, job, { maxAttempts: 6 });
  };

  return {
    find,
    findByRequest,

    async insert(row) {
      const { tenantId, requestId, id } = row;
      try {
        await storage.database.tenant(tenantId).transactional(async (em) => {
          await em.insert(ImportEntity, row);
          await storage.jobs.addIn(em, RUN_IMPORT, { id, tenantId }, { key: jobKey(id) });
        });
        return row;
      } catch (error) {
        const winner =
          error instanceof UniqueConstraintViolationException ? await findByRequest(tenantId, requestId) : undefined;
        if (winner) return winner;
        throw error;
      }
    },

    list: (tenantId, filter, { limit, after }) =>
      storage.database
        .tenant(tenantId)
        .find(
          ImportEntity,
          { ...matching(tenantId, filter), ...(after ? { id: { $lt: String(after[0]) } } : {}) },
          { orderBy: { id: "desc" }, limit: limit + 1 },
        ),

    count: (tenantId, filter) => storage.database.tenant(tenantId).count(ImportEntity, matching(tenantId, filter)),

    async wantsUpload(tenantId, uploadId) {
      return (await storage.database.tenant(tenantId).count(ImportEntity, { tenantId, uploadId, state: open })) > 0;
    },

    cancel: (tenantId, id) =>
      storage.database.tenant(tenantId).transactional(async (em) => {
        const job = { id, tenantId };
        const waiting = { state: "queued", leaseOwner: null };
        const ended = { state: "canceled", endTime: new Date(), cancelRequested: true } as const;
        if (await changeIn(em, job, waiting, ended)) {
          await announceEnd(em, job);
          return em.findOneOrFail(ImportEntity, job);
        }
        const begun = { state: { $in: ["queued", "fetching", "reading"] } };
        const asked = await changeIn(em, job, begun, { cancelRequested: true });
        // One that waits for another try is ended by that try, so it is made now; one that runs looks for itself.
        if (asked) await storage.jobs.addIn(em, RUN_IMPORT, job, { key: jobKey(id) });
        return undefined;
      }),

    async claim(job, owner, leaseSeconds) {
      const claimed = await storage.database
        .tenant(job.tenantId)
        .transactional((em) =>
          changeIn(
            em,
            job,
            { state: open, $or: [{ leaseOwner: null }, { leaseUntil: { $lt: sql`now()` } }, { leaseOwner: owner }] },
            { leaseOwner: owner, leaseUntil: leaseEnd(leaseSeconds), attempts: sql`attempts + 1` } as unknown as Change,
          ),
        );
      return claimed ? find(job.tenantId, job.id) : undefined;
    },

    async renew({ id, tenantId }, owner, leaseSeconds) {
      const rows: { cancel_requested: boolean }[] = await storage.database
        .tenant(tenantId)
        .execute(
          "update import set lease_until = now() + make_interval(secs => ?) where id = ? and tenant_id = ? and lease_owner = ? returning cancel_requested",
          [leaseSeconds, id, tenantId, owner],
        );
      return rows[0] && { cancelRequested: rows[0].cancel_requested };
    },

    change: (job, owner, change) =>
      storage.database
        .tenant(job.tenantId)
        .transactional((em) => changeIn(em, job, { leaseOwner: owner, state: open }, change)),

    beginPublishing: (job, owner, packageId, report) =>
      storage.database.tenant(job.tenantId).transactional(async (em) => {
        const where = { leaseOwner: owner, state: "reading", cancelRequested: false };
        if (!(await changeIn(em, job, where, { state: "publishing", report }))) return false;
        await em.execute("update package set ready = true where id = ? and tenant_id = ?", [packageId, job.tenantId]);
        return true;
      }),

    end: (job, owner, state, change) =>
      storage.database.tenant(job.tenantId).transactional(async (em) => {
        const ended = { ...change, state, endTime: new Date(), leaseOwner: null, leaseUntil: null };
        if (!(await changeIn(em, job, { leaseOwner: owner, state: open }, ended))) return false;
        await announceEnd(em, job);
        return true;
      }),

    async release({ id, tenantId }, owner, counts) {
      const attempts = counts ? {} : { attempts: sql`attempts - 1` };
      const change = { ...attempts, leaseOwner: null, leaseUntil: new Date(Date.now() + LOST_MS) };
      await storage.database
        .tenant(tenantId)
        .nativeUpdate(ImportEntity, { id, tenantId, leaseOwner: owner }, change as unknown as Change);
    },

    requeueLost: () =>
      storage.database.system().transactional(async (em) => {
        const lost = await em.find(
          ImportEntity,
          { state: open, leaseUntil: { $lt: sql`now() - interval '1 second'` } },
          { limit: 100, fields: ["id", "tenantId"] },
        );
        for (const { id, tenantId } of lost)
          await storage.jobs.addIn(em, RUN_IMPORT, { id, tenantId }, { key: jobKey(id) });
        return lost.length;
      }),
  };
}

function jobKey(importId: string): string {
  return `import:${importId}`;
}

function leaseEnd(seconds: number): unknown {
  return sql`now() + make_interval(secs => ${seconds})`;
}
