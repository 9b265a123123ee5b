import type { CallerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import type { Authenticator } from "@coursemesh/platform/rpc/server-interceptors.ts";
import type { AppDeps } from "@coursemesh/platform/service/app.ts";
import type { ServiceHealth } from "./health/service-health.ts";
import type { MetricsHandler } from "./metrics/metrics-route.ts";
import type { RateLimiter } from "./rate-limit/rate-limiter.ts";

/** What the BFF is given by whoever composes it. */
export interface BffDeps extends AppDeps {
  readonly signature: CallerSignature;
  /** Whether each service answers; asked for `/healthz`. */
  readonly health: ServiceHealth;
  /** Turns credentials into a caller; absent: asks the user service. Share one with other ports of the same process. */
  readonly authenticate?: Authenticator | undefined;
  /** Absent: counts in this process. */
  readonly rateLimiter?: RateLimiter | undefined;
  /** Absent: there is no `/metrics`. */
  readonly metrics?: MetricsHandler | undefined;
}
