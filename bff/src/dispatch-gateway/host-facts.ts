import { create } from "@bufbuild/protobuf";
import { type HostFacts, HostFactsSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { FastifyRequest } from "fastify";

/** What can be seen of a host: what the page said, with what only the browser and the network can say in place of what it may have made up. */
export function hostFacts(request: FastifyRequest, said?: HostFacts): HostFacts {
  const { origin, referer = "", "user-agent": userAgent = "" } = request.headers;
  return create(HostFactsSchema, {
    lmsCourseId: said?.lmsCourseId.slice(0, 500) ?? "",
    lmsProduct: said?.lmsProduct.slice(0, 200) ?? "",
    apiVersion: said?.apiVersion.slice(0, 40) ?? "",
    origin: (origin ?? originOf(referer)).slice(0, 500),
    referrer: referer.slice(0, 2_000),
    ipAddress: request.ip.slice(0, 64),
    userAgent: userAgent.slice(0, 1_000),
  });
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}
