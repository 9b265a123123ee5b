import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { anyPack, timestampNow } from "@bufbuild/protobuf/wkt";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { createTestDatabase, TEST_SECRET, type TestDatabase } from "@coursemesh/platform/testing/test-database.ts";
import { as, createTestMesh, personCaller, type TestMesh } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import {
  RegistrationCompletedSchema,
  RegistrationProgressedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { DeliveryService } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { ReplayService } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import pg from "pg";
import { buildApp } from "../src/app.ts";
import { webhookConfig } from "../src/config.ts";
import { service } from "../src/service.ts";

export const owner = personCaller("00000000-0000-7000-8000-000000000001");
export const stranger = personCaller("00000000-0000-7000-8000-000000000002");

/** The webhook service in memory with a database of its own. */
export interface WebhookHarness {
  readonly mesh: TestMesh;
  readonly test: TestDatabase;
  /** Reads tables past row-level security's tenant. */
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Publishes events as outboxes would. */
  readonly publish: (...events: EventEnvelope[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @param shared whose database is used as well, as by another process. */
export async function startWebhook(
  options: { readonly env?: Readonly<Record<string, string>>; readonly shared?: WebhookHarness } = {},
): Promise<WebhookHarness> {
  const { env, shared } = options;
  const test = shared?.test ?? (await createTestDatabase([{ service: "webhook", migrations: service.migrations }]));
  const mesh = await createTestMesh();
  const config = readConfig(webhookConfig, {
    DATABASE_URL: test.urlOf("webhook"),
    SECRETS_KEY: TEST_SECRET,
    WEBHOOK_POLL_MS: "20",
    WEBHOOK_FIRST_DELAY_MS: "20",
    WEBHOOK_MAX_DELAY_MS: "50",
    WEBHOOK_LEASE_MARGIN_MS: "2000",
    EGRESS_ALLOW: "127.0.0.1",
    ...env,
  });
  await mesh.add((deps) => buildApp(config, deps));
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  // A test may have the database drop its connections.
  pool.on("error", () => undefined);
  return {
    mesh,
    test,
    sql: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      inSystem(pool, async (client) => (await client.query<Row>(text, values)).rows),
    publish: (...events) => mesh.deps.bus.publishMany(events),
    async stop() {
      await mesh.stop();
      await pool.end();
      if (shared === undefined) await test.drop();
    },
  };
}

/** An event as an outbox gives it to the bus. */
export function envelope<Desc extends DescMessage>(
  schema: Desc,
  event: MessageInitShape<Desc>,
  organizationId = owner.organizationId,
): EventEnvelope {
  return create(EventEnvelopeSchema, {
    id: uuidV7(),
    organizationId,
    type: schema.typeName,
    occurredAt: timestampNow(),
    payload: anyPack(schema, create(schema, event)),
  });
}

export const progressed = (registrationId: string, seq = 1, more: object = {}): EventEnvelope =>
  envelope(RegistrationProgressedSchema, { change: { registrationId, seq, ...more } });
export const completed = (registrationId: string, more: object = {}, organizationId?: string): EventEnvelope =>
  envelope(RegistrationCompletedSchema, { change: { registrationId, ...more } }, organizationId);

/** Clients that call as somebody. */
export function callsOf({ mesh }: WebhookHarness, caller: Caller = owner) {
  const wrap = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, method) => {
        const call: unknown = Reflect.get(target, method);
        return typeof call === "function" ? (...input: unknown[]) => as(caller, () => call.apply(target, input)) : call;
      },
    });
  return {
    deliveries: wrap(mesh.clients.of(DeliveryService)),
    endpoints: wrap(mesh.clients.of(EndpointService)),
    events: wrap(mesh.clients.of(EventService)),
    replays: wrap(mesh.clients.of(ReplayService)),
    secrets: wrap(mesh.clients.of(SecretService)),
  };
}
