import type { DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import type { Logger } from "pino";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { EventBus } from "../events/event-bus.ts";
import type { Clients } from "../rpc/clients.ts";

/** What every service is given by whoever composes it. */
export interface AppDeps {
  readonly clients: Clients;
  readonly bus: EventBus;
  readonly blobs: BlobStore;
  readonly logger: Logger;
}

/** A service, built and not started. */
export interface App {
  /** For instance `course`. */
  readonly name: string;
  /** What it answers; each declares access for every RPC. */
  readonly services: readonly DescService[];
  readonly routes: (router: ConnectRouter) => void;
  /** Opens the database's connections, starts workers and consumers. Routes may be called afterwards. */
  start(): Promise<void>;
  /** Resolves when it can answer; throws what is missing. */
  check(): Promise<void>;
  /** Finishes what is under way and closes everything it opened. */
  stop(): Promise<void>;
}
