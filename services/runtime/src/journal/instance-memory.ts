import type { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { LRUCache } from "lru-cache";
import type { LearnerState } from "../instance/instance-model.ts";
import type { StoredResult } from "../result/result.ts";

/** Where one launch's journal stands. */
export interface LaunchPosition {
  /** The lease's epoch when it last took it; 0 when it was never opened. */
  readonly epoch: number;
  readonly lastSeq: number;
  readonly end: LaunchEnd;
}

/** An instance as of one version: all that an append needs to know. */
export interface JournalInstance {
  readonly id: string;
  readonly tenantId: string;
  readonly registrationId: string;
  readonly packageId: string;
  readonly version: number;
  readonly leaseLaunchId: string;
  readonly foldedEpoch: number;
  readonly state: LearnerState;
  readonly result: StoredResult;
  readonly firstAccessAt: Date | null;
  readonly lastAccessAt: Date | null;
  /** When the registration last moved up in lists, in milliseconds; 0 unknown. */
  readonly touchedAt: number;
  readonly launches: ReadonlyMap<string, LaunchPosition>;
  /** Characters of each activity's state as JSON. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Characters of the newest sequencing answer; absent where there is none. */
  readonly answerSize?: number;
}

/** Instances in use. What it remembers may be out of date; writing it tells, because every write names the version it began with. */
export interface InstanceMemory {
  get(id: string): JournalInstance | undefined;
  keep(instance: JournalInstance): void;
  forget(id: string): void;
}

/** Bytes of an instance without its state. */
const BASE_BYTES = 2_000;

/** @param maxBytes about how much memory it takes, with two bytes for a character; 0 remembers nothing. */
export function instanceMemory(maxBytes: number): InstanceMemory {
  if (maxBytes === 0) return { get: () => undefined, keep: () => undefined, forget: () => undefined };
  const instances = new LRUCache<string, JournalInstance>({ maxSize: maxBytes, sizeCalculation: bytesOf });
  return {
    get: (id) => instances.get(id),
    keep: (instance) => void instances.set(instance.id, instance),
    forget: (id) => void instances.delete(id),
  };
}

function bytesOf(instance: JournalInstance): number {
  let bytes = BASE_BYTES + instance.launches.size * 200 + 2 * (instance.answerSize ?? 0);
  for (const size of instance.sizes.values()) bytes += 2 * size;
  return bytes;
}
