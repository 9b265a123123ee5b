import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Logger } from "pino";
import type { CourseDirectory } from "../catalog/course-directory.ts";

/** What operations of the REST API are given. */
export interface ApiDeps {
  readonly clients: Clients;
  readonly directory: CourseDirectory;
  readonly logger: Logger;
}
