import { createConnectTransport } from "@connectrpc/connect-node";
import { type CoursemeshClients, clientsOver } from "./clients.ts";
import { basicCredentials } from "./credentials.ts";
import { fillRequestId } from "./request-id.ts";
import { type RetryOptions, retryUnavailable } from "./retry.ts";

export { Code, ConnectError } from "@connectrpc/connect";
export type { CoursemeshClients, NamespaceClients } from "./clients.ts";
export { eachItem } from "./each-item.ts";
export { reasonOf } from "./reason.ts";
export type { RetryOptions } from "./retry.ts";

/** Where an installation is and who calls it. */
export interface CoursemeshOptions {
  /** Address of the gRPC port, for instance `http://localhost:50050`. */
  readonly baseUrl: string;
  /** Made under API keys in the web UI; its scopes say what may be called. */
  readonly apiKey: { readonly id: string; readonly secret: string };
  /** Time a call may take unless it says otherwise, in milliseconds; 30 seconds when absent. */
  readonly timeoutMs?: number;
  readonly retry?: RetryOptions;
}

/**
 * Typed clients for all services of an installation. Creates get a `request_id` when they have none, so that calls which may be
 * repeated without harm are repeated while the installation is not there.
 */
export function createCoursemesh({ baseUrl, apiKey, timeoutMs = 30_000, retry }: CoursemeshOptions): CoursemeshClients {
  return clientsOver(
    createConnectTransport({
      baseUrl,
      httpVersion: "2",
      defaultTimeoutMs: timeoutMs,
      interceptors: [basicCredentials(apiKey), fillRequestId, retryUnavailable(retry)],
    }),
  );
}
