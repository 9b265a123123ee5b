import type { Interceptor, Transport } from "@connectrpc/connect";
import { requireAccessDeclared } from "../rpc/access.ts";
import type { App } from "./app.ts";
import { directTransport } from "./direct-transport.ts";

/** Transports between apps of one process; apps are added as they are built, because each needs clients of the others. */
export interface InMemoryMesh {
  readonly transportFor: (service: string) => Transport;
  add(app: App): void;
}

/** @param server interceptors every app answers with. @param client interceptors every call leaves with. */
export function inMemoryMesh(server: Interceptor[], client: Interceptor[]): InMemoryMesh {
  const transports = new Map<string, Transport>();
  const transportOf = (service: string): Transport => {
    const transport = transports.get(service);
    if (transport === undefined) throw new Error(`no service is called ${service}`);
    return transport;
  };
  return {
    // Clients are made before all apps are there, so the transport is looked up at each call.
    transportFor: (service) => ({
      unary: (...call) => transportOf(service).unary(...call),
      stream: (...call) => transportOf(service).stream(...call),
    }),
    add(app) {
      requireAccessDeclared(app.services);
      transports.set(app.name, directTransport(app.routes, server, client));
    },
  };
}
