import type { DescService } from "@bufbuild/protobuf";
import type { z } from "zod";
import type { ServiceDatabase } from "../db/migrate.ts";
import type { App, AppDeps } from "./app.ts";

/** A service as the mesh sees it: its name, its port, its configuration and how it is built. Every `services/<name>/src/service.ts` exports one. */
export interface ServiceModule<Config extends z.ZodObject = z.ZodObject> {
  /** For instance `course`. */
  readonly name: string;
  /** Port in the mesh. */
  readonly port: number;
  /** What it answers, for the gateway that passes calls on. */
  readonly contract: readonly DescService[];
  /** Keys are environment variables; `DATABASE_URL` is one where the service has tables. */
  readonly config: Config;
  /** Folder with the service's SQL migrations; undefined without tables. */
  readonly migrations: string | undefined;
  readonly buildApp: (config: z.output<Config>, deps: AppDeps) => App;
}

/** Checks a module's types where it is written. */
export function defineService<Config extends z.ZodObject>(module: ServiceModule<Config>): ServiceModule<Config> {
  return module;
}

/** What `migrate` needs to know of services. */
export function databasesOf(modules: readonly ServiceModule[]): ServiceDatabase[] {
  return modules.map(({ name, migrations }) => ({ service: name, migrations }));
}

/** Where each service listens in the mesh (requirements, section 1). */
export const MESH_PORTS = {
  user: 50051,
  course: 50052,
  content: 50053,
  analytics: 50054,
  runtime: 50055,
  sequencing: 50056,
  lrs: 50057,
  dispatch: 50058,
  webhook: 50065,
} as const;
