import { createHash, createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

/** What belongs to one service in the database: a schema and a role of the same name. */
export interface ServiceDatabase {
  /** For instance `course`. */
  readonly service: string;
  /** Folder of `NNNN_title.sql` files, run in the order of their names; undefined for a service without tables. */
  readonly migrations: string | undefined;
}

/** Name of a service's schema and of the role that may use it. */
export function schemaOf(service: string): string {
  return `coursemesh_${service}`;
}

/** Password of a service's role, derived so that only the installation's secret has to be kept. */
export function rolePassword(secret: string, service: string): string {
  return createHmac("sha256", secret).update(`role:${service}`).digest("base64url");
}

/** The owner's address with the service's own role in it. */
export function serviceUrl(ownerUrl: string, secret: string, service: string): string {
  const url = new URL(ownerUrl);
  url.username = schemaOf(service);
  url.password = rolePassword(secret, service);
  return url.href;
}

/**
 * Brings the database up to the files: roles, schemas, then every migration the ledger does not have, each in a transaction of its own.
 * Safe to run twice at once. A migration that was applied and then edited is an error: the database would no longer be what the files say.
 * @param ownerUrl a role that may create roles and schemas.
 */
export async function migrate(ownerUrl: string, secret: string, services: readonly ServiceDatabase[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "coursemesh-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('coursemesh-migrate'))");
    for (const service of services) {
      await prepareRole(client, secret, service.service);
      if (service.migrations !== undefined) await applyAll(client, service.service, service.migrations);
    }
  } finally {
    await client.end();
  }
}

async function prepareRole(client: pg.Client, secret: string, service: string): Promise<void> {
  const name = pg.escapeIdentifier(schemaOf(service));
  const jobs = pg.escapeIdentifier(`${schemaOf(service)}_jobs`);
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [schemaOf(service)]);
  const verb = rowCount ? "alter" : "create";
  const password = pg.escapeLiteral(rolePassword(secret, service));
  await client.query(`${verb} role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`);
  // A role that creates another is not its member everywhere; membership is what `authorization` below asks for.
  await client.query(`grant ${name} to current_user`).catch(() => undefined);
  await client.query(`create schema if not exists ${name}`);
  await client.query(`create schema if not exists ${jobs} authorization ${name}`);
  // The job queue's library makes its schema itself unless it finds this table, and a role without CREATE on the database may not.
  await client.query(
    `create table if not exists ${jobs}.migrations (id int primary key, ts timestamptz not null default now(), breaking boolean not null default false)`,
  );
  await client.query(`alter table ${jobs}.migrations owner to ${name}`);
  await client.query(`grant usage on schema ${name} to ${name}`);
  await client.query(
    `alter default privileges in schema ${name} grant select, insert, update, delete on tables to ${name}`,
  );
  await client.query(`alter default privileges in schema ${name} grant usage on sequences to ${name}`);
  await client.query(
    `create table if not exists ${name}.migration_ledger (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  );
}

async function applyAll(client: pg.Client, service: string, folder: string): Promise<void> {
  const schema = pg.escapeIdentifier(schemaOf(service));
  const { rows } = await client.query<{ name: string; sha256: string }>(
    `select name, sha256 from ${schema}.migration_ledger`,
  );
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  for (const name of files) {
    const sql = await readFile(join(folder, name), "utf8");
    const sha256 = createHash("sha256").update(sql).digest("hex");
    const known = applied.get(name);
    if (known === sha256) continue;
    if (known !== undefined)
      throw new Error(`migration ${service}/${name} was edited after it had been applied; add a new one instead`);
    await applyOne(client, schema, name, sql, sha256, service);
  }
}

async function applyOne(
  client: pg.Client,
  schema: string,
  name: string,
  sql: string,
  sha256: string,
  service: string,
): Promise<void> {
  await client.query("begin");
  try {
    await client.query(`set local search_path to ${schema}, public`);
    await client.query(sql);
    await client.query(`insert into ${schema}.migration_ledger (name, sha256) values ($1, $2)`, [name, sha256]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${service}/${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
