import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { analytics } from "./namespaces/analytics.ts";
import { content } from "./namespaces/content.ts";
import { course } from "./namespaces/course.ts";
import { dispatch } from "./namespaces/dispatch.ts";
import { lrs } from "./namespaces/lrs.ts";
import { runtime } from "./namespaces/runtime.ts";
import { sequencing } from "./namespaces/sequencing.ts";
import { user } from "./namespaces/user.ts";
import { webhook } from "./namespaces/webhook.ts";

/** Every service an outsider may call, by the service of the mesh that answers it: names repeat between services, not within one. */
export const namespaces = { user, course, content, runtime, sequencing, lrs, dispatch, analytics, webhook } as const;

type Namespace = Readonly<Record<string, DescService>>;

/** The clients of one namespace. */
export type NamespaceClients<Services extends Namespace> = {
  readonly [Name in keyof Services]: Client<Services[Name]>;
};

/** A typed client for every service: `clients.course.courses.listCourses({})`. */
export type CoursemeshClients = {
  readonly [Name in keyof typeof namespaces]: NamespaceClients<(typeof namespaces)[Name]>;
};

/** Makes all clients over one transport. */
export function clientsOver(transport: Transport): CoursemeshClients {
  const made = Object.entries(namespaces).map(([name, services]) => {
    const clients = Object.entries<DescService>(services).map(([noun, service]) => [
      noun,
      createClient(service, transport),
    ]);
    return [name, Object.fromEntries(clients)];
  });
  return Object.fromEntries(made) as CoursemeshClients;
}
