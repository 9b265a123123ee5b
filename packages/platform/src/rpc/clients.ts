import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { currentCaller } from "../auth/caller.ts";
import { CALLER_HEADER, type CallerSignature } from "../auth/caller-signature.ts";
import { clientSpans } from "../telemetry/rpc-spans.ts";

/** Makes typed clients of other services; the transport is chosen by the mesh's shape. */
export interface Clients {
  /** Calls carry the present caller (see `runAs`) and the present trace. The same client is given for the same service. */
  of<Service extends DescService>(service: Service): Client<Service>;
}

/** @param transportFor the transport to a service by its name, for instance `course`. */
export function clientsOver(transportFor: (service: string) => Transport): Clients {
  const made = new Map<string, unknown>();
  return {
    of<Service extends DescService>(service: Service): Client<Service> {
      const known = made.get(service.typeName) as Client<Service> | undefined;
      if (known) return known;
      const client = createClient(service, transportFor(serviceNameOf(service)));
      made.set(service.typeName, client);
      return client;
    },
  };
}

/** `course` for coursemesh.course.v1.CourseService. */
export function serviceNameOf(service: DescService): string {
  const [, name] = service.typeName.split(".");
  if (name === undefined || !service.typeName.startsWith("coursemesh."))
    throw new Error(`${service.typeName} is not a service of ours`);
  return name;
}

/** Every client has these: trace, then who is calling. */
export function clientInterceptors(signature: CallerSignature): Interceptor[] {
  const vouch: Interceptor = (next) => (request) => {
    request.header.set(CALLER_HEADER, signature.sign(currentCaller()));
    return next(request);
  };
  return [clientSpans(), vouch];
}
