import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import { LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import { GlobalObjectiveService } from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { SessionService } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { SharedDataService } from "@coursemesh/proto/coursemesh/sequencing/v1/shared_data_pb.ts";
import { StepService } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type { AttemptReport } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { buildApp } from "../src/app.ts";
import { sequencingConfig } from "../src/config.ts";
import { service } from "../src/service.ts";
import { type FakeCatalog, type FakeVersion, fakeCatalog } from "./fake-catalog.ts";

export const one = "00000000-0000-7000-8000-000000000001";
export const two = "00000000-0000-7000-8000-000000000002";

/** The sequencing service in memory with a database of its own and stand-ins for the services it calls. */
export interface SequencingHarness {
  readonly mesh: TestMesh;
  readonly catalog: FakeCatalog;
  readonly test: TestDatabase;
  /** Makes the next transaction of a step fail when everything is written. */
  readonly failNext: () => void;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly stop: () => Promise<void>;
}

async function startSequencing(): Promise<SequencingHarness> {
  const test = await createTestDatabase([{ service: "sequencing", migrations: service.migrations }]);
  const catalog = fakeCatalog();
  const mesh = await createTestMesh();
  for (const app of catalog.apps) await mesh.add(() => app);
  const config = sequencingConfig.parse({ DATABASE_URL: test.urlOf("sequencing") });
  let failing = false;
  await mesh.add((deps) =>
    buildApp(config, deps, async () => {
      if (!failing) return;
      failing = false;
      throw new Error("killed");
    }),
  );
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  return {
    mesh,
    catalog,
    test,
    failNext: () => {
      failing = true;
    },
    sql: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows),
    async stop() {
      await mesh.stop();
      await pool.end();
      await test.drop();
    },
  };
}

/** Calls of one organization's owner and of runtime. */
function callsOn({ mesh }: SequencingHarness, organizationId: string = one) {
  const { clients } = mesh;
  const owner = personCaller(organizationId);
  const runtime = serviceCaller("runtime", organizationId);
  const services = {
    activities: clients.of(ActivityService),
    objectives: clients.of(GlobalObjectiveService),
    shared: clients.of(SharedDataService),
    steps: clients.of(StepService),
  };
  const sessions = clients.of(SessionService);
  return {
    owner: <T>(work: (it: typeof services) => Promise<T>): Promise<T> => as(owner, () => work(services)),
    runtime: <T>(work: (it: typeof sessions, shared: typeof services.shared) => Promise<T>): Promise<T> =>
      as(runtime, () => work(sessions, services.shared)),
  };
}

export type SequencingCalls = ReturnType<typeof callsOn>;

/** What an activity reports; passed and completed by default says nothing. */
export function report(values: Partial<AttemptReport> = {}): AttemptReport {
  return { objectives: [], exit: "normal", ...values };
}

/** A learner's way through one course, numbered and timed as runtime would. */
export function registrationOn(calls: SequencingCalls, version: FakeVersion, learnerId = uuidV7()) {
  const instanceId = uuidV7();
  const registrationId = uuidV7();
  let launchId = "";
  let seq = 0;
  let now = 1_700_000_000_000;
  let current = "";
  const next = () => {
    now += 60_000;
    return timestampFromMs(now);
  };
  return {
    instanceId,
    learnerId,
    get launchId() {
      return launchId;
    },
    get seq() {
      return seq;
    },
    startRequest: (more: { launchId?: string; seq?: number; targetActivityId?: string } = {}) => ({
      ...{ launchId: uuidV7(), seq: 0, instanceId, registrationId, learnerId, ...version },
      mode: LaunchMode.NORMAL,
      now: next(),
      ...more,
    }),
    async launch(more: { targetActivityId?: string } = {}) {
      const request = this.startRequest(more);
      ({ launchId } = request);
      seq = 0;
      const answer = await calls.runtime((it) => it.startSession(request));
      current = answer.state?.delivery?.activityId ?? "";
      return answer;
    },
    navigationRequest(
      kind: NavigationKind | undefined,
      more: { target?: string; report?: AttemptReport; shared?: SharedData } = {},
    ) {
      seq += 10;
      const result = {
        activityId: current,
        reportJson: Buffer.from(JSON.stringify(more.report ?? report())),
        ...(more.shared && { sharedJson: Buffer.from(JSON.stringify(more.shared)) }),
      };
      return {
        ...{ launchId, seq, instanceId, now: next() },
        ...(kind !== undefined && { navigation: { kind, targetActivityId: more.target ?? "" } }),
        ...(current !== "" && { result }),
      };
    },
    async navigate(
      kind: NavigationKind | undefined,
      more: { target?: string; report?: AttemptReport; shared?: SharedData } = {},
    ) {
      const request = this.navigationRequest(kind, more);
      const answer = await calls.runtime((it) => it.processNavigation(request));
      if (kind !== undefined) current = answer.state?.delivery?.activityId ?? "";
      return answer;
    },
    continue(values?: Partial<AttemptReport>) {
      return this.navigate(NavigationKind.CONTINUE, { report: report(values) });
    },
  };
}

/** The service for the tests of one file, and both organizations' calls. */
export function sequencingForTests() {
  let harness: SequencingHarness | undefined;
  beforeAll(async () => {
    harness = await startSequencing();
  });
  afterAll(() => harness?.stop());
  const here = () => {
    if (harness === undefined) throw new Error("the tests have not begun");
    return harness;
  };
  return {
    get harness() {
      return here();
    },
    get mine() {
      return callsOn(here(), one);
    },
    get theirs() {
      return callsOn(here(), two);
    },
  };
}
