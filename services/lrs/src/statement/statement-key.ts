import { hash } from "node:crypto";

/** What a filter can ask for. */
export type Facet = "agent" | "relatedAgent" | "verb" | "activity" | "relatedActivity" | "registration" | "authority";

/** 64 bits as a decimal number with sign, the form in which PostgreSQL's bigint travels. */
export type StatementKey = string;

/** The key of nothing. */
export const NO_KEY: StatementKey = "0";

/** Told apart by a number of each facet's own, so that one key can be made of another of the same identifier inside the database. */
const FACET_BITS: Readonly<Record<Facet, bigint>> = {
  agent: 0x1f83d9abfb41bd6bn,
  relatedAgent: 0x5be0cd19137e2179n,
  verb: 0x510e527fade682d1n,
  activity: 0x3c6ef372fe94f82bn,
  relatedActivity: 0x6a09e667f3bcc908n,
  registration: 0x2b992ddfa23249d6n,
  authority: 0x47b5481dbefa4fa4n,
};

/** What turns the key of an authority into that of a related agent, by exclusive or. */
export const AUTHORITY_TO_RELATED: StatementKey = BigInt.asIntN(
  64,
  FACET_BITS.authority ^ FACET_BITS.relatedAgent,
).toString();

/** What turns the key of an authority into that of the agent. */
export const AUTHORITY_TO_AGENT: StatementKey = BigInt.asIntN(64, FACET_BITS.authority ^ FACET_BITS.agent).toString();

/** Of each facet. */
const MOST_REMEMBERED = 30_000;
const remembered: Readonly<Record<Facet, Map<string, StatementKey>>> = {
  agent: new Map(),
  relatedAgent: new Map(),
  verb: new Map(),
  activity: new Map(),
  relatedActivity: new Map(),
  registration: new Map(),
  authority: new Map(),
};

/**
 * The key by which statements are found.
 * @param identifier `agentKey` of an agent or authority, an IRI, or a registration's UUID.
 */
export function statementKey(facet: Facet, identifier: string): StatementKey {
  const keys = remembered[facet];
  const known = keys.get(identifier);
  if (known !== undefined) return known;
  const made = BigInt.asIntN(64, hash64(identifier) ^ FACET_BITS[facet]).toString();
  if (keys.size >= MOST_REMEMBERED) keys.clear();
  keys.set(identifier, made);
  return made;
}

function hash64(identifier: string): bigint {
  return hash("sha256", identifier, "buffer").readBigUInt64BE();
}
