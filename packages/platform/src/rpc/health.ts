import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@coursemesh/proto/grpc/health/v1/health_pb.ts";
import type { App } from "../service/app.ts";

/** gRPC health checking (grpc.health.v1). The empty name asks for the whole process; a service's full name or short name for one. */
export function healthRoutes(router: ConnectRouter, apps: readonly App[], isStopping: () => boolean): void {
  const statusOf = async (name: string): Promise<Status> => {
    const asked =
      name === ""
        ? apps
        : apps.filter((app) => app.name === name || app.services.some((service) => service.typeName === name));
    if (asked.length === 0) throw new ConnectError(`no service is called ${name}`, Code.NotFound);
    if (isStopping()) return Status.NOT_SERVING;
    const results = await Promise.allSettled(asked.map((app) => app.check()));
    return results.every((result) => result.status === "fulfilled") ? Status.SERVING : Status.NOT_SERVING;
  };
  router.service(Health, {
    check: async ({ service }) => ({ status: await statusOf(service) }),
    list: async () => {
      const names = ["", ...apps.flatMap((app) => app.services.map((service) => service.typeName))];
      return {
        statuses: Object.fromEntries(
          await Promise.all(names.map(async (name) => [name, { status: await statusOf(name) }])),
        ),
      };
    },
    async *watch({ service }, context) {
      for (let last: Status | undefined; !context.signal.aborted; ) {
        const status = await statusOf(service).catch(() => Status.SERVICE_UNKNOWN);
        if (status !== last) yield { status };
        last = status;
        await sleep(1_000, undefined, { signal: context.signal }).catch(() => undefined);
      }
    },
  });
}
