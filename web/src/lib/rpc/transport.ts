import { Code, ConnectError, createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import type { Session, SessionCalls } from "../session/session.ts";

/** A transport to the BFF of this origin; cookies go along. */
export function browserTransport(interceptors: Interceptor[]): Transport {
  return createConnectTransport({
    baseUrl: "/rpc",
    interceptors,
    fetch: (input, init) => fetch(input, { ...init, credentials: "include" }),
  });
}

/** The session's calls over a transport that adds no token by itself. */
export function sessionCalls(transport: Transport): SessionCalls {
  const client = createClient(SessionViewService, transport);
  return {
    signIn: async (email, password) => (await client.signIn({ email, password })).viewer,
    refresh: async () => (await client.refresh({})).viewer,
    signOut: async () => {
      await client.signOut({});
    },
    switchOrganization: async (organizationId, accessToken) => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await client.switchOrganization({ organizationId }, { headers })).viewer;
    },
  };
}

/** Adds the access token, and tries once more with a new one when the server does not know it any longer. */
export function authorized(session: Session): Interceptor {
  return (next) => async (request) => {
    const token = await session.accessToken();
    if (token) request.header.set("authorization", `Bearer ${token}`);
    try {
      return await next(request);
    } catch (error) {
      if (ConnectError.from(error).code !== Code.Unauthenticated) throw error;
      await session.refresh();
      const renewed = await session.accessToken();
      if (!renewed || renewed === token) throw error;
      request.header.set("authorization", `Bearer ${renewed}`);
      return next(request);
    }
  };
}
