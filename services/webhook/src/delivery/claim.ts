import { inSystem } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type pg from "pg";
import type { WebhookConfig } from "../config.ts";

/** An endpoint as `claim_deliveries` gives it. */
export interface ClaimedEndpoint {
  readonly id: string;
  readonly tenantId: string;
  readonly url: string;
  readonly fallbackUrl: string;
  readonly postback: boolean;
  /** Base64, as `policy`. */
  readonly settings: string;
  readonly policy: string;
  readonly sealedPassword: string;
  readonly sealedHeaders: string;
  /** Its deliveries are sent one after the other. */
  readonly ordered: boolean;
}

/** A delivery that one process alone may send. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly tries: number;
  readonly toFallback: boolean;
  readonly test: boolean;
  readonly occurredAt: string;
  /** The payload as ProtoJSON; null when the event is not kept any more. */
  readonly data: string;
  readonly subject: Readonly<Record<string, string | null>>;
}

/** Some deliveries of one endpoint under a lease. */
export interface Claim {
  /** Names this lease. */
  readonly owner: string;
  readonly endpoint: ClaimedEndpoint;
  /** Sealed, newest first. */
  readonly secrets: readonly string[];
  readonly deliveries: readonly ClaimedDelivery[];
  /** By this process's monotonic clock: a request may begin until then and is over before the lease is. */
  readonly sendUntil: number;
}

/** Deliveries that an ordered endpoint is given at once. */
const CHAIN = 25;

/**
 * Leases due deliveries of one endpoint. Of any number of processes one gets a delivery.
 * @param most how many.
 * @returns "waits" when the endpoint that was looked at has to wait, undefined when none is due.
 */
export async function claimDeliveries(
  pool: pg.Pool,
  config: WebhookConfig,
  most: number,
): Promise<Claim | "waits" | undefined> {
  const owner = uuidV7();
  const begin = performance.now();
  const { rows } = await inSystem(pool, (client) =>
    client.query<{ claim: Omit<Claim, "owner" | "sendUntil"> | Record<string, never> | null }>({
      name: "claim_deliveries",
      text: "select claim_deliveries($1, $2, $3, $4, $5, $6, $7) as claim",
      values: [
        owner,
        config.WEBHOOK_TIMEOUT_MS,
        config.WEBHOOK_CONCURRENCY,
        config.WEBHOOK_PER_MINUTE,
        config.WEBHOOK_LEASE_MARGIN_MS,
        CHAIN,
        most,
      ],
    }),
  );
  const claim = rows[0]?.claim;
  if (!claim) return undefined;
  if (!isClaim(claim) || claim.deliveries.length === 0) return "waits";
  // Half of the margin is for what comes after the request: writing down what became of it.
  return { owner, ...claim, sendUntil: begin + config.WEBHOOK_LEASE_MARGIN_MS / 2 };
}

function isClaim(
  claim: Omit<Claim, "owner" | "sendUntil"> | Record<string, never>,
): claim is Omit<Claim, "owner" | "sendUntil"> {
  return claim.endpoint !== undefined;
}
