import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import { migrate, type ServiceDatabase, serviceUrl } from "../db/migrate.ts";

/** A database of its own for one test file. */
export interface TestDatabase {
  /** As the owner. */
  readonly ownerUrl: string;
  /** With a service's own role. */
  urlOf(service: string): string;
  drop(): Promise<void>;
}

/** Secret that test installations share; roles are common to a cluster, so it has to be the same for all test files. */
export const TEST_SECRET = "test-secret-test-secret-test-secret-0123";

/**
 * Copies a database with these services' migrations applied. The first file to ask makes a template; the others copy it, which
 * takes a few milliseconds.
 */
export async function createTestDatabase(services: readonly ServiceDatabase[]): Promise<TestDatabase> {
  const maintenanceUrl = inject("postgresUrl");
  const template = `template_${services.map((service) => service.service).join("_")}`;
  const name = `test_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [template]);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [
      template,
    ]);
    if (!rowCount) await makeTemplate(client, maintenanceUrl, template, services);
    await client.query(`create database ${name} template ${template}`);
  } finally {
    await client.end();
  }
  const ownerUrl = withDatabase(maintenanceUrl, name);
  return {
    ownerUrl,
    urlOf: (service) => serviceUrl(ownerUrl, TEST_SECRET, service),
    drop: () => dropDatabase(maintenanceUrl, name),
  };
}

async function makeTemplate(
  client: pg.Client,
  maintenanceUrl: string,
  template: string,
  services: readonly ServiceDatabase[],
): Promise<void> {
  await client.query(`drop database if exists ${template}`);
  await client.query(`create database ${template}`);
  // Roles belong to the whole cluster; two templates must not make the same one at once.
  await client.query("select pg_advisory_lock(hashtext('coursemesh-test-roles'))");
  await migrate(withDatabase(maintenanceUrl, template), TEST_SECRET, services);
  await client.query("select pg_advisory_unlock(hashtext('coursemesh-test-roles'))");
  await client.query(`alter database ${template} is_template true`);
}

async function dropDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  await untilUnused(client, name);
  await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}

/** A connection that is being closed would hear of its database's end as an error nobody listens for. */
async function untilUnused(client: pg.Client, name: string): Promise<void> {
  for (let waited = 0; waited < 3_000; waited += 20) {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where datname = $1",
      [name],
    );
    if (rows[0]?.count === 0) return;
    await sleep(20);
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
