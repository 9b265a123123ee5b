import { randomUUID } from "node:crypto";
import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { runAs } from "@coursemesh/platform/auth/caller.ts";
import type { EventBus } from "@coursemesh/platform/events/event-bus.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { PackageDeletedSchema } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { LRUCache } from "lru-cache";
import type { ResolvedLaunch } from "./launch-directory.ts";

/** A file of a package, as it is served. */
export interface ServedFile {
  readonly hash: string;
  readonly size: number;
  readonly mediaType: string;
}

/** Finds the files of packages, and remembers them: a package never changes, so only its deletion makes an answer wrong. */
export interface FileDirectory {
  /** @param path as it stands in the address. Undefined: the package has no such file. */
  resolve(launch: ResolvedLaunch, path: string): Promise<ServedFile | undefined>;
  forget(packageId: string): void;
  /** Ends the subscription. */
  stop(): void;
}

/** Absent files are remembered too: some courses ask for them on every page. */
type Answer = ServedFile | "absent";

const MAX_PACKAGES = 1_000;
const MAX_FILES = 5_000;
/** An answer is asked for again after this long, should the news of a deletion have got lost. */
const MAX_AGE_MS = 600_000;

export function fileDirectory(clients: Clients, bus: EventBus): FileDirectory {
  const packages = new LRUCache<string, LRUCache<string, Answer>>({ max: MAX_PACKAGES });
  const filesOf = (packageId: string): LRUCache<string, Answer> => {
    const known = packages.get(packageId);
    if (known) return known;
    const files = new LRUCache<string, Answer>({ max: MAX_FILES, ttl: MAX_AGE_MS });
    packages.set(packageId, files);
    return files;
  };
  const ask = async ({ packageId, caller }: ResolvedLaunch, path: string): Promise<Answer> => {
    try {
      const { file } = await runAs(caller, () => clients.of(PackageService).resolveFile({ packageId, path }));
      return file ? { hash: file.hash, size: Number(file.sizeBytes), mediaType: file.mediaType } : "absent";
    } catch (error) {
      if (ConnectError.from(error).code === Code.NotFound) return "absent";
      throw error;
    }
  };
  const unsubscribe = bus.subscribe({
    // Every process has a cache of its own, so every process has to hear of it.
    group: `bff-content-origin-${randomUUID()}`,
    hears: "everyone",
    types: [PackageDeletedSchema.typeName],
    handle: async ({ payload }) => {
      packages.delete(fromBinary(PackageDeletedSchema, payload?.value ?? new Uint8Array()).packageId);
    },
  });

  return {
    async resolve(launch, path) {
      const files = filesOf(launch.packageId);
      let answer = files.get(path);
      if (answer === undefined) {
        answer = await ask(launch, path);
        files.set(path, answer);
      }
      return answer === "absent" ? undefined : answer;
    },
    forget: (packageId) => void packages.delete(packageId),
    stop: unsubscribe,
  };
}
