import type { App } from "@coursemesh/platform/service/app.ts";

/** A service that only answers. */
export function fakeApp(name: string, services: App["services"], routes: App["routes"]): App {
  return {
    name,
    services,
    routes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
