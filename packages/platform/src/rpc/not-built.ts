import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { notBuilt } from "../errors/service-error.ts";

/** Registers a service with those methods that exist; the others answer UNIMPLEMENTED with reason NOT_BUILT. */
export function registerPartly<Service extends DescService>(
  router: ConnectRouter,
  service: Service,
  implementation: Partial<ServiceImpl<Service>>,
): void {
  const refusals = Object.fromEntries(
    service.methods.map((method) => [
      method.localName,
      () => {
        throw notBuilt(`${service.typeName}/${method.name}`);
      },
    ]),
  );
  router.service(service, { ...refusals, ...implementation } as ServiceImpl<Service>);
}
