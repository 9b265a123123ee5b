import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Admission, AdmissionSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { DispatchConfig } from "../config.ts";
import { effectiveHostOptions } from "../dispatch/effective-look.ts";
import type { SessionRow } from "../external_session/session-row.ts";
import { pendingResults } from "../results/pending-results.ts";
import { bridgeSecret } from "../signing_key/bridge-secret.ts";
import { sessionToken } from "../signing_key/session-token.ts";
import type { OpenedKey } from "../signing_key/signing-keys.ts";
import { type DispatchFacts, destinationLook } from "./dispatch-facts.ts";
import { codeOf, type ExchangeRow } from "./exchange-row.ts";

/** Version of the messages between the package's page and the bridge. */
export const BRIDGE_PROTOCOL_VERSION = 1;

/** What a launch needs to begin; the same each time it is made for an exchange. */
export function admissionOf(
  config: Pick<DispatchConfig, "PUBLIC_URL">,
  dispatch: DispatchFacts,
  session: SessionRow,
  exchange: ExchangeRow,
  key: OpenedKey,
): Admission {
  const hostOptions = effectiveHostOptions(dispatch, destinationLook(dispatch));
  return create(AdmissionSchema, {
    code: codeOf(key, exchange.id),
    expireTime: timestampFromDate(exchange.expires_at),
    playerUrl: bridgeUrl(config, dispatch.id),
    playerOrigin: new URL(config.PUBLIC_URL).origin,
    instanceToken: session.instance_token,
    bridgeSecret: bridgeSecret(key, exchange.id),
    bridgeProtocolVersion: BRIDGE_PROTOCOL_VERSION,
    windowMode: hostOptions.windowMode,
    hostOptions,
    pendingResults: pendingResults(session, Number(session.acknowledged_sequence)),
    sessionToken: tokenOf(key, exchange),
  });
}

/** Address of the page that frames the player; the code goes behind a `#`. */
export function bridgeUrl({ PUBLIC_URL }: Pick<DispatchConfig, "PUBLIC_URL">, dispatchId: string): string {
  return `${PUBLIC_URL.replace(/\/+$/, "")}/dispatch/v1/bridge/${dispatchId}`;
}

/** The session token of an exchange. */
export function tokenOf(key: OpenedKey, exchange: ExchangeRow): string {
  const claims = {
    organizationId: exchange.tenant_id,
    exchangeId: exchange.id,
    externalSessionId: exchange.external_session_id,
    dispatchId: exchange.dispatch_id,
  };
  return sessionToken(key, claims, exchange.created_at);
}
