import type { Interceptor, Transport } from "@connectrpc/connect";
import { browserTransport, sessionCalls } from "../lib/rpc/transport.ts";
import { Session } from "../lib/session/session.ts";
import { httpUploadClient, type UploadClient } from "../lib/uploads/upload-client.ts";

/** Where pages get their data: the BFF, or fixtures in the browser. */
export interface Backend {
  /** A transport whose calls pass these interceptors. */
  transport(interceptors: Interceptor[]): Transport;
  uploads(session: Session): UploadClient;
}

/** The BFF of this origin. */
export const bff: Backend = {
  transport: browserTransport,
  uploads: (session) => httpUploadClient(() => session.accessToken()),
};

/** A session over a backend; its own calls carry no token. */
export function createSession(backend: Backend): Session {
  return new Session(sessionCalls(backend.transport([])));
}
