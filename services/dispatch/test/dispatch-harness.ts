import { create, type DescMessage, fromBinary, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { anyPack, timestampNow } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { errorInfoOf, reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { createTestDatabase, TEST_SECRET, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { BulkOperationService } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import { CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { DeploymentService } from "@coursemesh/proto/coursemesh/dispatch/v1/deployment_pb.ts";
import {
  type Destination,
  DestinationSchema,
  DestinationService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { DispatchAnalyticsService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import {
  type Dispatch,
  DispatchSchema,
  DispatchService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { ExternalSessionService } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { ReportLinkService } from "@coursemesh/proto/coursemesh/dispatch/v1/report_link_pb.ts";
import { SigningKeyService } from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import { VersionMoveService } from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import pg from "pg";
import { buildApp } from "../src/app.ts";
import { dispatchConfig } from "../src/config.ts";
import { service } from "../src/service.ts";
import { type FakeCatalog, fakeCatalog } from "./fake-catalog.ts";
import { type FakeContent, fakeContent } from "./fake-content.ts";
import { type FakeRuntime, fakeRuntime } from "./fake-runtime.ts";
import { type FakeWebhook, fakeWebhook } from "./fake-webhook.ts";

export const owner = personCaller("00000000-0000-7000-8000-000000000001");
export const stranger = personCaller("00000000-0000-7000-8000-000000000002");

/** The dispatch service in memory with a database of its own and stand-ins for the services it calls. */
export interface DispatchHarness {
  readonly mesh: TestMesh;
  readonly test: TestDatabase;
  readonly catalog: FakeCatalog;
  readonly content: FakeContent;
  readonly runtime: FakeRuntime;
  readonly webhook: FakeWebhook;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Publishes an event as another service's outbox would. */
  readonly publish: <Desc extends DescMessage>(
    schema: Desc,
    event: MessageInitShape<Desc>,
    organizationId?: string,
  ) => Promise<void>;
  /** Events of a type that were announced, oldest first. */
  readonly announced: <Desc extends DescMessage>(schema: Desc) => Promise<MessageShape<Desc>[]>;
  readonly stop: () => Promise<void>;
}

/** What a test may ask of its service. */
export interface HarnessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whose database and neighbours are used as well, as by another process. */
  readonly shared?: DispatchHarness;
  readonly now?: () => Date;
}

export async function startDispatch({ env, shared, now }: HarnessOptions = {}): Promise<DispatchHarness> {
  const test = shared?.test ?? (await createTestDatabase([{ service: "dispatch", migrations: service.migrations }]));
  const catalog = shared?.catalog ?? fakeCatalog();
  const content = shared?.content ?? fakeContent();
  const runtime = shared?.runtime ?? fakeRuntime(catalog);
  const webhook = shared?.webhook ?? fakeWebhook();
  const mesh = await createTestMesh();
  for (const { app } of [catalog, content, runtime, webhook]) await mesh.add(() => app);
  const config = readConfig(dispatchConfig, {
    DATABASE_URL: test.urlOf("dispatch"),
    SECRETS_KEY: TEST_SECRET,
    PUBLIC_URL: "http://dispatch.test",
    EGRESS_ALLOW: "127.0.0.1",
    ...env,
  });
  await mesh.add((deps) => buildApp(config, deps, now));
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  // A test may have the database drop its connections.
  pool.on("error", () => undefined);
  const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows);
  return {
    mesh,
    test,
    catalog,
    content,
    runtime,
    webhook,
    sql,
    publish: (schema, event, organizationId = owner.organizationId) =>
      mesh.deps.bus.publish(
        create(EventEnvelopeSchema, {
          id: uuidV7(),
          organizationId,
          type: schema.typeName,
          occurredAt: timestampNow(),
          payload: anyPack(schema, create(schema, event)),
        }),
      ),
    async announced(schema) {
      const rows = await sql<{ payload: Buffer }>("select payload from outbox where type = $1 order by id", [
        schema.typeName,
      ]);
      return rows.map(({ payload }) => fromBinary(schema, payload));
    },
    async stop() {
      await mesh.stop();
      await pool.end();
      if (shared === undefined) await test.drop();
    },
  };
}

/** Clients of the dispatch service that call as somebody. */
export function callsOf({ mesh: { clients } }: DispatchHarness, caller: Caller = owner) {
  const wrap = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, method) => {
        const call: unknown = Reflect.get(target, method);
        return typeof call === "function" ? (...input: unknown[]) => as(caller, () => call.apply(target, input)) : call;
      },
    });
  return {
    bulk: wrap(clients.of(BulkOperationService)),
    callbacks: wrap(clients.of(CallbackService)),
    deployments: wrap(clients.of(DeploymentService)),
    destinations: wrap(clients.of(DestinationService)),
    dispatches: wrap(clients.of(DispatchService)),
    analytics: wrap(clients.of(DispatchAnalyticsService)),
    sessions: wrap(clients.of(ExternalSessionService)),
    launches: wrap(clients.of(LaunchService)),
    licences: wrap(clients.of(LicenceService)),
    packages: wrap(clients.of(PackageService)),
    receipts: wrap(clients.of(ReceiptService)),
    reportLinks: wrap(clients.of(ReportLinkService)),
    signingKeys: wrap(clients.of(SigningKeyService)),
    versionMoves: wrap(clients.of(VersionMoveService)),
  };
}

/** Makes a customer. */
export async function addDestination(
  harness: DispatchHarness,
  wishes: MessageInitShape<typeof DestinationSchema> = {},
  caller: Caller = owner,
): Promise<Destination> {
  const request = { requestId: uuidV7(), destination: create(DestinationSchema, { name: "ACME", ...wishes }) };
  const { destination } = await callsOf(harness, caller).destinations.createDestination(request);
  if (destination === undefined) throw new Error("no destination was made");
  return destination;
}

/** Makes a dispatch; of a course and to a destination of its own unless they are named. */
export async function addDispatch(
  harness: DispatchHarness,
  wishes: MessageInitShape<typeof DispatchSchema> = {},
  caller: Caller = owner,
): Promise<Dispatch> {
  const courseId = wishes.courseId || harness.catalog.addCourse(caller.organizationId).id;
  const destinationId = wishes.destinationId || (await addDestination(harness, {}, caller)).id;
  const dispatch = create(DispatchSchema, { ...wishes, courseId, destinationId });
  const made = await callsOf(harness, caller).dispatches.createDispatch({ requestId: uuidV7(), dispatch });
  if (made.dispatch === undefined) throw new Error("no dispatch was made");
  return made.dispatch;
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

/** Facts that a refused call gives with its reason. */
export async function refusalFacts(call: Promise<unknown>): Promise<Record<string, string>> {
  try {
    await call;
  } catch (error) {
    return errorInfoOf(error)?.metadata ?? {};
  }
  throw new Error("the call was not refused");
}
