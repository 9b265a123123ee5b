import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Authenticator } from "@coursemesh/platform/rpc/server-interceptors.ts";
import type { Logger } from "pino";
import type { CourseDirectory } from "../catalog/course-directory.ts";

/** What view services are given. */
export interface ViewDeps {
  readonly clients: Clients;
  readonly authenticate: Authenticator;
  readonly directory: CourseDirectory;
  readonly logger: Logger;
  /** Where browsers reach us; decides what a cookie-using call may come from. */
  readonly publicUrl: string;
}
