import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { createTestDatabase, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { type LaunchEnd, type LaunchMode, LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { LearnerService } from "@coursemesh/proto/coursemesh/runtime/v1/learner_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import pg from "pg";
import { runtimeConfig } from "../src/config.ts";
import type { CallTuple } from "../src/journal/read-calls.ts";
import { service } from "../src/service.ts";
import { type FakeCatalog, fakeCatalog } from "./fake-catalog.ts";

export const one = "00000000-0000-7000-8000-000000000001";
export const two = "00000000-0000-7000-8000-000000000002";

/** The runtime in memory with a database of its own and stand-ins for the services it calls. */
export interface RuntimeHarness {
  readonly mesh: TestMesh;
  readonly catalog: FakeCatalog;
  readonly test: TestDatabase;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly stop: () => Promise<void>;
}

export async function startRuntime(shared?: RuntimeHarness, now?: () => Date): Promise<RuntimeHarness> {
  const test = shared?.test ?? (await createTestDatabase([{ service: "runtime", migrations: service.migrations }]));
  const catalog = shared?.catalog ?? fakeCatalog();
  const mesh = await createTestMesh();
  for (const app of catalog.apps) await mesh.add(() => app);
  const config = runtimeConfig.parse({ DATABASE_URL: test.urlOf("runtime") });
  const { buildApp } = await import("../src/app.ts");
  await mesh.add((deps) => buildApp(config, deps, now));
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  return {
    mesh,
    catalog,
    test,
    sql: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows),
    async stop() {
      await mesh.stop();
      await pool.end();
      if (shared === undefined) await test.drop();
    },
  };
}

/** What a test may ask of a launch. */
export interface LaunchWishes {
  readonly requestId?: string;
  readonly mode?: LaunchMode;
  readonly returnUrl?: string;
  readonly expireSeconds?: number;
  readonly activity?: string;
  readonly untracked?: boolean;
  readonly frameAncestors?: string[];
  readonly keepVersion?: boolean;
}

/** Calls of one organization's owner, and of the player. */
export function callsOn({ mesh }: RuntimeHarness, organizationId: string = one) {
  const { clients } = mesh;
  const owner = personCaller(organizationId);
  const edge = serviceCaller("bff");
  const registrations = clients.of(RegistrationService);
  const launches = clients.of(LaunchService);
  const learners = clients.of(LearnerService);
  const journal = clients.of(JournalService);
  const player = clients.of(PlayerService);
  return {
    owner: <T>(
      work: (services: {
        registrations: typeof registrations;
        launches: typeof launches;
        learners: typeof learners;
        journal: typeof journal;
      }) => Promise<T>,
    ): Promise<T> => as(owner, () => work({ registrations, launches, learners, journal })),
    player: <T>(work: (service: typeof player) => Promise<T>): Promise<T> => as(edge, () => work(player)),
    async register(
      course: Course,
      learnerId = uuidV7(),
      more: { externalId?: string; tags?: string[] } = {},
    ): Promise<Registration> {
      const learner = { id: learnerId, firstName: "Jane", lastName: "Doe", email: "jane@example.org" };
      const request = { requestId: uuidV7(), courseId: course.id, learner, ...more };
      const { registration } = await as(owner, () => registrations.createRegistration(request));
      if (registration === undefined) throw new Error("no registration was made");
      return registration;
    },
    /** A launch's token. */
    async launch(registrationId: string, more: LaunchWishes = {}): Promise<{ id: string; token: string }> {
      const request = { requestId: uuidV7(), registrationId, ...more };
      const { launch, url } = await as(owner, () => launches.createLaunch(request));
      return { id: launch?.id ?? "", token: tokenOf(url) };
    },
    open: (token: string, takeLease = false) =>
      as(edge, () => player.openLaunch({ token, takeLease, userAgent: "Test/1" })),
    append: (token: string, firstSeq: number, calls: readonly CallTuple[]) =>
      as(edge, () => player.appendJournal({ token, firstSeq, callsJson: Buffer.from(JSON.stringify(calls)) })),
    close: (token: string, end: LaunchEnd) => as(edge, () => player.closeLaunch({ token, end })),
  };
}

export type RuntimeCalls = ReturnType<typeof callsOn>;

export function tokenOf(url: string): string {
  return /\/l\/([^/]+)\/$/.exec(url)?.[1] ?? "";
}

/** Reason of a refused call; fails when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return reasonOf(error) ?? Code[ConnectError.from(error).code];
  }
  throw new Error("the call was not refused");
}

let clock = 1_700_000_000_000;
const call = (
  activity: string,
  method: CallTuple[2],
  element: string,
  value: string,
  result = "true",
  error = "0",
): CallTuple => [++clock, activity, method, element, value, result, error];

/** Calls as a player would record them. */
export const navigate = (to: string, from = ""): CallTuple => call(from, "Navigate", "choice", to);
export const initialize = (activity: string): CallTuple => call(activity, "Initialize", "", "");
export const set = (activity: string, element: string, value: string): CallTuple =>
  call(activity, "SetValue", element, value);
export const commit = (activity: string): CallTuple => call(activity, "Commit", "", "");
export const finish = (activity: string): CallTuple => call(activity, "Terminate", "", "");

/** Events waiting in the outbox, oldest first. */
export async function outboxOf<Message>(
  harness: RuntimeHarness,
  schema: Parameters<typeof fromBinary>[0],
): Promise<Message[]> {
  const rows = await harness.sql<{ payload: Buffer }>("select payload from outbox where type = $1 order by id", [
    schema.typeName,
  ]);
  return rows.map((row) => fromBinary(schema, row.payload) as Message);
}
