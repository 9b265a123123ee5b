import { integer } from "@coursemesh/platform/config/read-config.ts";
import { egressAllow } from "@coursemesh/platform/egress/egress-allow.ts";
import { z } from "zod";

/** What the webhook service is told by its environment. */
export const webhookConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections of one process. */
  DATABASE_POOL_SIZE: integer(2, 200).default(10),
  /** What encrypts secrets, header fields and passwords of endpoints is derived from it. */
  SECRETS_KEY: z.string().min(32, "must have at least 32 characters"),
  /** Hosts, addresses and networks that may be told although they are private or without TLS: `hooks.internal:8443, 10.1.0.0/16`. */
  EGRESS_ALLOW: egressAllow,
  /** How long events are kept, days. */
  EVENT_RETENTION_DAYS: integer(1, 36_500).default(90),
  /** How long deliveries that ended are kept, days. */
  DELIVERY_RETENTION_DAYS: integer(1, 36_500).default(30),
  /** Endpoints of one organization, those that courses and dispatches bring along not counted. */
  ENDPOINT_LIMIT: integer(1).default(100),
  /** Requests of one process at the same time; 0 leaves deliveries to other replicas. */
  WEBHOOK_IN_FLIGHT: integer(0, 10_000).default(100),
  /** How often due deliveries are looked for, milliseconds. */
  WEBHOOK_POLL_MS: integer(10).default(200),
  /** Attempts before a delivery fails for good; this and the following stand for what an endpoint leaves open. */
  WEBHOOK_MAX_ATTEMPTS: integer(1, 100).default(10),
  /** Pause before the second attempt, milliseconds; each further one doubles it … */
  WEBHOOK_FIRST_DELAY_MS: integer(1).default(1_000),
  /** … up to this. */
  WEBHOOK_MAX_DELAY_MS: integer(1).default(30_000),
  /** How long a receiver may take to answer, milliseconds. */
  WEBHOOK_TIMEOUT_MS: integer(1, 120_000).default(15_000),
  /** Requests to one endpoint at the same time. */
  WEBHOOK_CONCURRENCY: integer(1, 100).default(10),
  /** Requests to one endpoint a minute; 0: any number. */
  WEBHOOK_PER_MINUTE: integer(0, 100_000).default(0),
  /** Days of nothing but failures after which an endpoint is suspended. */
  WEBHOOK_SUSPEND_DAYS: integer(1, 365).default(5),
  /** How long after a request's time others wait before they take over what a dead process had begun, milliseconds. */
  WEBHOOK_LEASE_MARGIN_MS: integer(100).default(15_000),
});

export type WebhookConfig = z.output<typeof webhookConfig>;
