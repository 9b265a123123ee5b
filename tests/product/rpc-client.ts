import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { Product } from "./start-product.ts";

/** A typed client on a product's gRPC port, with its key unless another authorization is given. */
export function rpcClient<Service extends DescService>(
  product: Product,
  service: Service,
  authorization: string = product.authorization,
): Client<Service> {
  const transport = createConnectTransport({
    baseUrl: product.grpcUrl,
    httpVersion: "2",
    interceptors: [
      (next) => (request) => {
        request.header.set("authorization", authorization);
        return next(request);
      },
    ],
  });
  return createClient(service, transport);
}
