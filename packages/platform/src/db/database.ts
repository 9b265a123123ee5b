import { type EntityManager, MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { schemaOf } from "./migrate.ts";
import { takeBackLost } from "./take-back-lost.ts";

/** Entities as `defineEntity` makes them. */
export type Entities = NonNullable<Parameters<typeof MikroORM.init>[0]>["entities"];

/** One service's door to its own schema. Row-level security lets nothing through until a tenant, or the system, is named. */
export interface Database {
  /** Entity manager for one organization's rows. */
  tenant(organizationId: string): EntityManager;
  /** Entity manager for all rows: only for sign-in, launch tokens and workers, never with a caller's filter alone. */
  system(): EntityManager;
  /** Plain connections for hot paths. A query sees nothing unless it names its tenant in its own transaction; see {@link inTenant}. */
  readonly pool: pg.Pool;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What a service brings to its database. */
export interface DatabaseOptions {
  /** Address with the service's own role. */
  readonly url: string;
  readonly service: string;
  readonly entities: Entities;
  /** Connections for entities and again for hot paths. */
  readonly poolSize?: number;
}

/** Session variable that row-level security compares with `tenant_id`. */
export const TENANT_VARIABLE = "app.tenant_id";
/** Session variable that opens all tenants' rows. */
export const SYSTEM_VARIABLE = "app.system";

/** Opens a service's database. @throws when the role turns out to be able to bypass row-level security. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const poolSize = options.poolSize ?? 6;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: poolSize,
    application_name: schemaOf(options.service),
  });
  // Connections that die while idle are replaced by the pool; the next query reports what matters.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  await refuseBypass(pool);
  const orm = await MikroORM.init({
    // Where services share a process, one that is called within another's transaction must not find itself in it.
    contextName: options.service,
    clientUrl: options.url,
    entities: options.entities ?? [],
    schema: schemaOf(options.service),
    pool: { min: 0, max: poolSize },
    driverOptions: { onPoolCreated: takeBackLost },
    discovery: { warnWhenNoEntities: false },
    allowGlobalContext: false,
    forceUtcTimezone: true,
    debug: false,
  });
  return {
    pool,
    tenant: (organizationId) => orm.em.fork({ session: { variables: { [TENANT_VARIABLE]: organizationId } } }),
    system: () => orm.em.fork({ session: { variables: { [SYSTEM_VARIABLE]: "on" } } }),
    ping: async () => void (await pool.query("select 1")),
    close: async () => {
      await orm.close(true);
      await pool.end();
    },
  };
}

/** Runs queries in one transaction that sees one organization's rows. */
export function inTenant<T>(
  pool: pg.Pool,
  organizationId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, TENANT_VARIABLE, organizationId, work);
}

/** Runs queries in one transaction that sees all rows. */
export function inSystem<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, SYSTEM_VARIABLE, "on", work);
}

async function inTransaction<T>(
  pool: pg.Pool,
  variable: string,
  value: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    await client.query("select set_config($1, $2, true)", [variable, value]);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function refuseBypass(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ bypass: boolean }>(
    "select rolsuper or rolbypassrls as bypass from pg_roles where rolname = current_user",
  );
  if (rows[0]?.bypass)
    throw new Error(
      "the service's database role could bypass row-level security; give it a role of its own (see `migrate`)",
    );
}
