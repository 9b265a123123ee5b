import { inSystem } from "@coursemesh/platform/db/database.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  callsOn,
  initialize,
  navigate,
  one,
  type RuntimeHarness,
  startRuntime,
  tokenOf,
} from "../../test/runtime-harness.ts";
import { launchSweep } from "./sweep-launches.ts";

let harness: RuntimeHarness;
let pool: pg.Pool;

beforeAll(async () => {
  harness = await startRuntime();
  pool = new pg.Pool({ connectionString: harness.test.urlOf("runtime"), max: 2 });
});
afterAll(async () => {
  await pool.end();
  await harness.stop();
});

it("ends launches that went silent and removes previews that are old", async () => {
  const calls = callsOn(harness);
  const course = harness.catalog.addCourse(one, ["A"]);
  const registration = await calls.register(course);
  const silent = await calls.launch(registration.id);
  await calls.launch(registration.id);
  await calls.open(silent.token);
  await calls.append(silent.token, 1, [navigate("A"), initialize("A")]);
  const preview = await calls.owner(({ launches }) =>
    launches.createPreviewLaunch({ courseVersionId: course.currentVersion?.id ?? "" }),
  );
  await calls.open(tokenOf(preview.url));

  const ended: string[] = [];
  const sweepAfter = (minutes: number) =>
    launchSweep(
      () => pool,
      async (organizationId, id, kind) => {
        ended.push(`${organizationId} ${id} ${kind}`);
        await inSystem(pool, (client) => client.query("update launch set ended_at = now() where id = $1", [id]));
      },
      () => new Date(Date.now() + minutes * 60_000),
      pino({ level: "silent" }),
    ).run();
  const previews = async () => (await harness.sql("select 1 from registration where preview")).length;

  await sweepAfter(29);
  expect(ended).toEqual([]);
  await sweepAfter(31);
  await sweepAfter(31);
  expect(ended.toSorted()).toEqual(
    [silent.id, preview.launch?.id].map((id) => `${one} ${id} ${LaunchEnd.CLOSED}`).toSorted(),
  );
  expect(await previews()).toBe(1);
  await sweepAfter(8 * 24 * 60);
  expect(await previews()).toBe(0);
  expect(await harness.sql("select 1 from registration")).toHaveLength(1);
});
