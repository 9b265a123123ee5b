import { createClient, type Transport } from "@connectrpc/connect";
import type { App } from "@coursemesh/platform/service/app.ts";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@coursemesh/proto/grpc/health/v1/health_pb.ts";

/** Asks each service whether it can answer: its name and true or false. */
export type ServiceHealth = () => Promise<ReadonlyMap<string, boolean>>;

/** For services in the same process. */
export function healthOfApps(apps: readonly App[]): ServiceHealth {
  return () => askAll(apps.map((app) => [app.name, () => app.check()]));
}

/** For services in processes of their own, by gRPC health checking. */
export function healthOverTransports(
  services: readonly string[],
  transportFor: (service: string) => Transport,
): ServiceHealth {
  return () =>
    askAll(
      services.map((name) => [
        name,
        async () => {
          const { status } = await createClient(Health, transportFor(name)).check({}, { timeoutMs: 2_000 });
          if (status !== Status.SERVING) throw new Error(`${name} is not serving`);
        },
      ]),
    );
}

async function askAll(
  questions: readonly (readonly [string, () => Promise<void>])[],
): Promise<ReadonlyMap<string, boolean>> {
  const answers = await Promise.all(
    questions.map(async ([name, ask]) => {
      const healthy = await ask().then(
        () => true,
        () => false,
      );
      return [name, healthy] as const;
    }),
  );
  return new Map(answers);
}
