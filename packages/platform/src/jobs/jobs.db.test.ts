import pino from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Database, inSystem, openDatabase } from "../db/database.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { type Jobs, jobsOn, jobsSchemaOf } from "./jobs.ts";

let test: TestDatabase;
let database: Database;
let jobs: Jobs;
const seen: string[] = [];
let failures = 1;

beforeAll(async () => {
  test = await createTestDatabase([{ service: "work", migrations: undefined }]);
  database = await openDatabase({ url: test.urlOf("work"), service: "work", entities: [] });
  jobs = jobsOn(database.pool, jobsSchemaOf("work"), pino({ level: "silent" }));
  await jobs.prepare();
  await jobs.start({
    greet: async (payload: { name: string }) => void seen.push(payload.name),
    flaky: async () => {
      failures -= 1;
      if (failures >= 0) throw new Error("not yet");
      seen.push("flaky");
    },
  });
});
afterAll(async () => {
  await jobs.stop();
  await database.close();
  await test.drop();
});

it("runs a job that was added", async () => {
  await jobs.add("greet", { name: "Ana" });
  await vi.waitFor(() => expect(seen).toContain("Ana"), { timeout: 10_000 });
});

it("runs nothing of a transaction that failed", async () => {
  const failing = inSystem(database.pool, async (client) => {
    await jobs.add("greet", { name: "nobody" }, {}, client);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await jobs.add("greet", { name: "Bo" });
  await vi.waitFor(() => expect(seen).toContain("Bo"), { timeout: 10_000 });
  expect(seen).not.toContain("nobody");
});

it("adds a job in the transaction of an entity manager", async () => {
  const failing = database.system().transactional(async (em) => {
    await jobs.addIn(em, "greet", { name: "nobody" });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await database
    .system()
    .transactional((em) => jobs.addIn(em, "greet", { name: "Cy" }, { key: "cy", runAt: new Date(0) }));
  await vi.waitFor(() => expect(seen).toContain("Cy"), { timeout: 10_000 });
  expect(seen).not.toContain("nobody");
});

it("goes on when another service's jobs are prepared in the same database", async () => {
  await database.pool.query(`select pg_notify('worker:migrate', '{"migrationNumber":16,"breaking":true}')`);
  // Time for the notice to arrive: a worker that is about to end could still run the job.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await jobs.add("greet", { name: "Di" });
  await vi.waitFor(() => expect(seen).toContain("Di"), { timeout: 10_000 });
  expect(process.exitCode).not.toBe(57);
});

it("tries a failing job again", async () => {
  await jobs.add("flaky", {});
  await vi.waitFor(() => expect(seen).toContain("flaky"), { timeout: 15_000 });
}, 20_000);
