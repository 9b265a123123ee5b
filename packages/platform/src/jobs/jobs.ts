import type { EntityManager } from "@mikro-orm/postgresql";
import { makeWorkerUtils, type Runner, run, type TaskList, Logger as WorkerLogger } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "pino";

/** Takes a job's payload; throwing means "again later", with growing pauses. `signal` fires when the process stops. */
export type JobHandler<Payload> = (
  payload: Payload,
  context: { readonly signal: AbortSignal; readonly attempt: number; readonly maxAttempts: number },
) => Promise<void>;

/** What a job may ask for when it is added. */
export interface JobOptions {
  /** A second job with the same key replaces the first while that waits. */
  readonly key?: string;
  readonly runAt?: Date;
  /** Default 25. */
  readonly maxAttempts?: number;
}

/** Background work that survives restarts, in the service's own `_jobs` schema. */
export interface Jobs {
  /** Adds a job; with a client, in that client's transaction. */
  add<Payload>(task: string, payload: Payload, options?: JobOptions, client?: pg.ClientBase): Promise<void>;
  /** Adds a job in the transaction of an entity manager of the same database: call it inside `em.transactional`. */
  addIn<Payload>(em: EntityManager, task: string, payload: Payload, options?: JobOptions): Promise<void>;
  /** Prepares the schema. */
  prepare(): Promise<void>;
  /** Starts working. */
  start(handlers: Readonly<Record<string, JobHandler<never>>>, concurrency?: number): Promise<void>;
  /** Lets running jobs finish for a few seconds; those that do not go back to the queue. */
  stop(): Promise<void>;
}

const STOP_WAIT_MS = 4_000;
/** What graphile-worker has the process end with after a migration that breaks running workers. */
const MIGRATED_EXIT_CODE = 57;

/** @param schema the service's jobs schema, see `jobsSchemaOf`. */
export function jobsOn(pool: pg.Pool, schema: string, logger: Logger): Jobs {
  let runner: Runner | undefined;
  const stopping = new AbortController();
  const workerLogger = new WorkerLogger(() => (level, message) => {
    // It is said when any schema of the database is migrated, and answered by beginning again, below: nothing for an operator to do.
    if (message.includes("detected breaking migration")) logger.info({ schema }, message);
    else if (level === "error" || level === "warning") logger.warn({ schema }, message);
  });

  return {
    async add(task, payload, options = {}, client) {
      await (client ?? pool).query(
        `select ${schema}.add_job($1, payload := $2::json, run_at := $3, max_attempts := $4, job_key := $5)`,
        [task, JSON.stringify(payload), options.runAt ?? null, options.maxAttempts ?? null, options.key ?? null],
      );
    },
    async addIn(em, task, payload, options = {}) {
      await em.execute(
        `select ${schema}.add_job(?, payload := ?::json, run_at := ?::timestamptz, max_attempts := ?::int, job_key := ?)`,
        [task, JSON.stringify(payload), options.runAt ?? null, options.maxAttempts ?? null, options.key ?? null],
      );
    },
    async prepare() {
      const utils = await makeWorkerUtils({ pgPool: pool, schema, logger: workerLogger });
      await utils.migrate();
      await utils.release();
    },
    async start(handlers, concurrency = 2) {
      const taskList: TaskList = Object.fromEntries(
        Object.entries(handlers).map(([task, handle]) => [
          task,
          (payload: unknown, helpers: { job: { attempts: number; max_attempts: number } }) =>
            handle(payload as never, {
              signal: stopping.signal,
              attempt: helpers.job.attempts,
              maxAttempts: helpers.job.max_attempts,
            }),
        ]),
      );
      const work = async (): Promise<void> => {
        const exitCode = process.exitCode;
        const running = await run({
          pgPool: pool,
          schema,
          taskList,
          concurrency,
          noHandleSignals: true,
          pollInterval: 2_000,
          logger: workerLogger,
        });
        runner = running;
        // A worker ends when any schema of the database is migrated, another service's too: notices do not say which. Beginning again looks at
        // the schema, and fails when it really is not this version's.
        const again = async (): Promise<void> => {
          if (stopping.signal.aborted) return;
          if (process.exitCode === MIGRATED_EXIT_CODE) process.exitCode = exitCode;
          await work();
        };
        running.promise
          .then(again)
          .catch((error: unknown) => logger.error({ err: error, schema }, "jobs have stopped"));
      };
      await work();
    },
    async stop() {
      stopping.abort(new Error("the process is stopping"));
      const stopped = runner?.stop().catch(() => undefined);
      await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref())]);
    },
  };
}

/** Name of a service's jobs schema; `migrate` makes it and gives it to the service's role. */
export function jobsSchemaOf(service: string): string {
  return `coursemesh_${service}_jobs`;
}
