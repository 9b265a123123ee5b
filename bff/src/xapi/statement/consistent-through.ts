import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { LRUCache } from "lru-cache";
import { isoDown } from "../request/exact-time.ts";

/** Header of every answer of the statement resource (XAPI-00153). */
export const CONSISTENT_THROUGH_HEADER = "x-experience-api-consistent-through";

/** Up to when every statement of an organization can be read. What was true once stays true, so an older value is one, too. */
export interface ConsistentThrough {
  /** Keeps what an answer said. */
  note(caller: Caller, through: Timestamp | undefined): void;
  /** ISO 8601; undefined when the store does not say. */
  of(caller: Caller): Promise<string | undefined>;
}

/** How old a value may be before the store is asked again. */
const FRESH_MS = 1_000;

export function consistentThrough(clients: Clients): ConsistentThrough {
  const known = new LRUCache<string, { readonly text: string; readonly at: number }>({ max: 10_000 });
  const asking = new Map<string, Promise<string | undefined>>();

  const note = (organizationId: string, through: Timestamp | undefined): string | undefined => {
    if (through === undefined) return known.get(organizationId)?.text;
    const text = isoDown(through);
    const before = known.get(organizationId);
    const latest = before !== undefined && before.text > text ? before.text : text;
    known.set(organizationId, { text: latest, at: Date.now() });
    return latest;
  };

  const ask = async (organizationId: string): Promise<string | undefined> => {
    try {
      // Also callers that may only write are told.
      const edge = serviceCaller("edge", organizationId);
      const answer = await runAs(edge, () => clients.of(StatementService).getConsistentThrough({}));
      return note(organizationId, answer.consistentThrough);
    } catch {
      return known.get(organizationId)?.text;
    } finally {
      asking.delete(organizationId);
    }
  };

  return {
    note: ({ organizationId }, through) => void note(organizationId, through),
    async of({ organizationId }) {
      const found = known.get(organizationId);
      if (found !== undefined && Date.now() - found.at < FRESH_MS) return found.text;
      const pending = asking.get(organizationId) ?? ask(organizationId);
      asking.set(organizationId, pending);
      return pending;
    },
  };
}
