import type { FastifyInstance } from "fastify";
import type { ServiceHealth } from "./service-health.ts";

/** Questions within this time get the same answer, so that nobody loads the database by asking. */
const REMEMBER_MS = 1_000;

/** `/healthz` says whether the whole product answers, `/livez` only whether this process does. Neither needs credentials. */
export function healthRoutes(server: FastifyInstance, version: string, ask: ServiceHealth): void {
  const startedAt = Date.now();
  let last: { at: number; answer: Promise<ReadonlyMap<string, boolean>> } | undefined;
  const askSometimes = (): Promise<ReadonlyMap<string, boolean>> => {
    if (last === undefined || Date.now() - last.at > REMEMBER_MS) last = { at: Date.now(), answer: ask() };
    return last.answer;
  };

  server.get("/livez", async () => ({ status: "ok" }));
  server.get("/healthz", async (_request, reply) => {
    const services = await askSometimes();
    const failing = [...services].filter(([, healthy]) => !healthy).map(([name]) => name);
    reply.code(failing.length === 0 ? 200 : 503).header("cache-control", "no-store");
    return {
      status: failing.length === 0 ? "ok" : "degraded",
      service: "bff",
      version,
      timestamp: new Date().toISOString(),
      uptime: Math.floor((Date.now() - startedAt) / 1000),
      // The BFF has no tables; the user service's check asks its own database.
      database: services.get("user") === false ? "unavailable" : "ok",
      services: Object.fromEntries([...services].map(([name, healthy]) => [name, healthy ? "ok" : "unavailable"])),
    };
  });
}
