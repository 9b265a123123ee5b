import { randomUuid } from "../dispatch-protocol/random-uuid.ts";
import type { KeptStore } from "./outbox/kept-store.ts";

const key = "coursemesh-learner:";

/** Who a learner is whom the host does not name: the same in this browser the next time, if it keeps anything. */
export function anonymousLearner(store: KeptStore, dispatchId: string): string {
  const kept = store.get(key + dispatchId);
  if (kept !== undefined && /^anonymous-[0-9a-f-]{36}$/.test(kept)) return kept;
  const id = `anonymous-${randomUuid()}`;
  store.set(key + dispatchId, id);
  return id;
}
