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
  /** Names the lane it is sent in, and the lane's lease. */
  readonly lane: string;
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

/** Some deliveries of one endpoint under leases of this process. */
export interface Claim {
  readonly endpoint: ClaimedEndpoint;
  /** Sealed, newest first. */
  readonly secrets: readonly string[];
  /** Each lane is sent one after the other. */
  readonly lanes: readonly (readonly ClaimedDelivery[])[];
  /** By this process's monotonic clock: a request may begin until then and is over before the lease is. */
  readonly sendUntil: number;
}

/** Most deliveries of a lane. */
const LONGEST = 25;

/** As the database answers; without an endpoint when the one that was looked at has to wait. */
interface Answer extends Pick<Claim, "secrets"> {
  readonly endpoint?: ClaimedEndpoint;
  readonly deliveries: readonly ClaimedDelivery[];
}

/**
 * Leases due deliveries of one endpoint. Of any number of processes one gets a delivery.
 * @param most how many lanes, which is requests at the same time.
 * @returns "waits" when the endpoint that was looked at has to wait, undefined when none is due.
 */
export async function claimDeliveries(
  pool: pg.Pool,
  config: WebhookConfig,
  most: number,
): Promise<Claim | "waits" | undefined> {
  const begin = performance.now();
  const { rows } = await pool.query<{ claim: Answer | null }>({
    name: "claim_lanes",
    text: "select claim_lanes($1, $2, $3, $4, $5, $6) as claim",
    values: [
      config.WEBHOOK_TIMEOUT_MS,
      config.WEBHOOK_CONCURRENCY,
      config.WEBHOOK_PER_MINUTE,
      config.WEBHOOK_LEASE_MARGIN_MS,
      LONGEST,
      most,
    ],
  });
  const claim = rows[0]?.claim;
  if (!claim) return undefined;
  if (claim.endpoint === undefined || claim.deliveries.length === 0) return "waits";
  const lanes = Map.groupBy(claim.deliveries, ({ lane }) => lane);
  return {
    endpoint: claim.endpoint,
    secrets: claim.secrets,
    lanes: [...lanes.values()],
    // Half of the margin is for what comes after the request: writing down what became of it.
    sendUntil: begin + config.WEBHOOK_LEASE_MARGIN_MS / 2,
  };
}
