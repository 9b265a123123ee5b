import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { LaunchApi } from "../protocol/launch-api.ts";
import { LaunchError } from "../protocol/launch-error.ts";
import { firstBatch } from "./call-batch.ts";
import type { CallStore } from "./call-store.ts";

const largestBatch = 512 * 1024;

/**
 * Sends what earlier launches on this origin have left on the device, each with its own address. It has to happen before a new launch of
 * the same registration takes the lease, because the server then takes nothing more of the older one. What cannot be sent now stays;
 * what the server will never take is dropped.
 */
export async function deliverLeftOver(
  store: CallStore,
  exceptBase: string,
  connect: (base: string) => Pick<LaunchApi, "append">,
): Promise<void> {
  const launches = await store.launches();
  const others = launches.filter((launch) => launch.base !== exceptBase);
  await Promise.all(others.map(({ base }) => deliver(store, base, connect(base))));
}

async function deliver(store: CallStore, base: string, api: Pick<LaunchApi, "append">): Promise<void> {
  let calls: readonly JournalCall[] = await store.load(base);
  try {
    for (let batch = firstBatch(calls, largestBatch); batch; batch = firstBatch(calls, largestBatch)) {
      const { acknowledgedSeq } = await api.append(batch.first, batch.body);
      if (acknowledgedSeq < batch.first) return;
      calls = calls.filter((call) => call.seq > acknowledgedSeq);
      await store.forget(base, acknowledgedSeq);
    }
    await store.forget(base, Number.MAX_SAFE_INTEGER);
  } catch (error) {
    if (!(error instanceof LaunchError) || error.passing) return;
    await store.forget(base, Number.MAX_SAFE_INTEGER);
  }
}
