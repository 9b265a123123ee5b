import type { DescMethod, DescService } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  createClient,
  type HandlerContext,
  type ServiceImpl,
  type Transport,
} from "@connectrpc/connect";
import type { App } from "@coursemesh/platform/service/app.ts";

/** A client whose methods are looked up by name; the router and the contract guarantee that they fit. */
type AnyClient = Record<string, (input: unknown, options: { signal: AbortSignal }) => unknown>;

/** Answers a service's contract by passing every call on to where the service runs, as the caller that was authenticated here. */
export function forwardingApp(
  name: string,
  contract: readonly DescService[],
  transportFor: (service: string) => Transport,
): App {
  const routes = (router: ConnectRouter): void => {
    for (const service of contract) {
      const client = createClient(service, transportFor(name)) as unknown as AnyClient;
      const methods = service.methods.map((method) => [method.localName, forward(method, client)]);
      router.service(service, Object.fromEntries(methods) as ServiceImpl<DescService>);
    }
  };
  return {
    name,
    services: contract,
    routes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}

function forward(method: DescMethod, client: AnyClient): (input: unknown, context: HandlerContext) => unknown {
  const call = (input: unknown, context: HandlerContext): unknown =>
    client[method.localName]?.(input, { signal: context.signal });
  if (method.methodKind === "unary" || method.methodKind === "client_streaming") return call;
  return async function* stream(input, context) {
    yield* call(input, context) as AsyncIterable<unknown>;
  };
}
