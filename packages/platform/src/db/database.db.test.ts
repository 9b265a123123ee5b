import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineEntity, p } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, TEST_SECRET, type TestDatabase } from "../testing/test-database.ts";
import { type Database, inSystem, inTenant, openDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";

const Note = defineEntity({
  name: "Note",
  tableName: "note",
  properties: { id: p.uuid().primary(), tenantId: p.uuid(), text: p.string() },
});

const sql = `
  create table note (id uuid primary key default uuidv7(), tenant_id uuid not null, text text not null);
  alter table note enable row level security;
  alter table note force row level security;
  create policy tenant on note using (
    tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on'
  );`;
const one = "00000000-0000-7000-8000-000000000001";
const two = "00000000-0000-7000-8000-000000000002";

let folder: string;
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coursemesh-migrations-"));
  await writeFile(join(folder, "0001_note.sql"), sql);
  test = await createTestDatabase([{ service: "note", migrations: folder }]);
  database = await openDatabase({ url: test.urlOf("note"), service: "note", entities: [Note] });
  for (const tenant of [one, two]) {
    await inTenant(database.pool, tenant, (client) =>
      client.query("insert into note (tenant_id, text) values ($1::uuid, $1::uuid::text)", [tenant]),
    );
  }
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it("shows a tenant its own rows, by entity and by plain SQL", async () => {
  expect((await database.tenant(one).findAll(Note)).map((note) => note.text)).toEqual([one]);
  const { rows } = await inTenant(database.pool, two, (client) => client.query("select text from note"));
  expect(rows).toEqual([{ text: two }]);
});

it("shows nothing to a query that names no tenant", async () => {
  expect((await database.pool.query("select * from note")).rows).toEqual([]);
});

it("shows everything to the system", async () => {
  expect(await database.system().count(Note)).toBe(2);
  expect((await inSystem(database.pool, (client) => client.query("select * from note"))).rowCount).toBe(2);
});

it("refuses to write another tenant's row", async () => {
  const write = inTenant(database.pool, one, (client) =>
    client.query("insert into note (tenant_id, text) values ($1, 'x')", [two]),
  );
  await expect(write).rejects.toThrow(/row-level security/);
});

it("goes on after it lost more connections in the middle of transactions than it has", async () => {
  const small = await openDatabase({ url: test.urlOf("note"), service: "note", entities: [Note], poolSize: 2 });
  const administrator = new pg.Client({ connectionString: test.ownerUrl });
  await administrator.connect();
  const lose = (): Promise<unknown> =>
    small.tenant(one).transactional(async (em) => {
      const [{ pid } = { pid: 0 }] = await em.execute<{ pid: number }[]>("select pg_backend_pid() as pid");
      await administrator.query("select pg_terminate_backend($1)", [pid]);
      await em.execute("select pg_sleep(1)");
    });
  for (let turn = 0; turn < 3; turn += 1) await expect(lose()).rejects.toThrow();
  expect(await small.tenant(one).count(Note)).toBe(1);
  await small.close();
  await administrator.end();
});

it("refuses a role that could bypass row-level security", async () => {
  await expect(openDatabase({ url: test.ownerUrl, service: "note", entities: [Note] })).rejects.toThrow(
    /bypass row-level security/,
  );
});

it("applies a migration once, and refuses one that was edited afterwards", async () => {
  await migrate(test.ownerUrl, TEST_SECRET, [{ service: "note", migrations: folder }]);
  await writeFile(join(folder, "0001_note.sql"), `${sql} select 1;`);
  await expect(migrate(test.ownerUrl, TEST_SECRET, [{ service: "note", migrations: folder }])).rejects.toThrow(
    /was edited after/,
  );
});
