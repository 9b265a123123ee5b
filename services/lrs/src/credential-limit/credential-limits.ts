import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { LRUCache } from "lru-cache";
import { batchTooLarge, overloaded, verbNotAllowed } from "../errors.ts";
import type { CredentialLimitRow } from "./credential-limit.entity.ts";
import type { CredentialLimitRepository } from "./credential-limit.repository.ts";

/** What API keys may do, as it is asked with every batch. */
export interface CredentialLimits {
  /** The limits of a caller's API key; undefined for other callers and for keys without limits of their own. */
  of(caller: Caller): Promise<CredentialLimitRow | undefined>;
  /**
   * Lets a batch with these verbs in, one for each statement, and counts it.
   * @throws BATCH_TOO_LARGE, VERB_NOT_ALLOWED, OVERLOADED with the seconds until the minute's statements are let in again
   */
  admit(caller: Caller, verbs: readonly string[]): Promise<void>;
  /** Forgets what was read of a key. */
  changed(tenantId: string, apiKeyId: string): void;
}

/** How long a process believes what it has read, so that others' changes arrive. */
const MAX_AGE_MS = 5_000;
const KEYS = 10_000;
const MINUTE_MS = 60_000;

/** Statements of one key that may come at once; refilled over a minute. Counted by each process for itself. */
interface Bucket {
  level: number;
  filledAt: number;
}

export function credentialLimits(limits: CredentialLimitRepository, now: () => Date): CredentialLimits {
  const known = new LRUCache<string, { row: CredentialLimitRow | undefined }>({ max: KEYS, ttl: MAX_AGE_MS });
  const buckets = new LRUCache<string, Bucket>({ max: KEYS });
  const nameOf = (tenantId: string, apiKeyId: string): string => `${tenantId} ${apiKeyId}`;

  const of = async ({ kind, organizationId, id }: Caller): Promise<CredentialLimitRow | undefined> => {
    if (kind !== CallerKind.API_KEY) return undefined;
    const name = nameOf(organizationId, id);
    const found = known.get(name) ?? { row: await limits.find(organizationId, id) };
    known.set(name, found);
    return found.row;
  };

  /** Seconds to wait, 0 when the statements are let in. */
  const take = (name: string, perMinute: number, count: number): number => {
    const at = now().getTime();
    const bucket = buckets.get(name) ?? { level: perMinute, filledAt: at };
    const refilled = bucket.level + ((at - bucket.filledAt) / MINUTE_MS) * perMinute;
    const level = Math.min(perMinute, refilled);
    // A batch larger than a minute's statements comes in when the bucket is full, and leaves a debt.
    const needed = Math.min(count, perMinute);
    const admitted = level >= needed;
    buckets.set(name, { level: admitted ? level - count : level, filledAt: at });
    return admitted ? 0 : Math.max(1, Math.ceil(((needed - level) / perMinute) * 60));
  };

  return {
    of,
    async admit(caller, verbs) {
      const limit = await of(caller);
      if (limit === undefined) return;
      const { batchSize, allowedVerbs, statementsPerMinute } = limit;
      if (batchSize > 0 && verbs.length > batchSize) throw batchTooLarge({ max_size: String(batchSize) });
      const refused = allowedVerbs.length > 0 && verbs.find((verb) => !allowedVerbs.includes(verb));
      if (refused) throw verbNotAllowed({ verb: refused });
      if (statementsPerMinute === 0) return;
      const wait = take(nameOf(caller.organizationId, caller.id), statementsPerMinute, verbs.length);
      if (wait > 0)
        throw overloaded(
          { retry_after_seconds: String(wait) },
          "this credential has stored as many statements as it may in a minute",
        );
    },
    changed: (tenantId, apiKeyId) => void known.delete(nameOf(tenantId, apiKeyId)),
  };
}
