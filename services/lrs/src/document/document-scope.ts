import { createHash } from "node:crypto";

/** The three document resources. */
export type DocumentResource = "state" | "activityProfile" | "agentProfile";

/** What documents belong to. */
export interface DocumentScope {
  readonly resource: DocumentResource;
  /** IRI; empty for agent profiles. */
  readonly activityId: string;
  /** Canonical identifier; empty for activity profiles. */
  readonly agentKey: string;
  /** Of state only. Empty is a scope of its own for single documents, and every registration for lists and mass deletion. */
  readonly registration: string;
}

/** Numbers the resources have in the database. */
export const RESOURCE_NUMBERS: Readonly<Record<DocumentResource, number>> = {
  state: 1,
  activityProfile: 2,
  agentProfile: 3,
};

/** SHA-256 of what a scope consists of, without registration. */
export function scopeHash({ resource, activityId, agentKey }: DocumentScope): Buffer {
  return hashOf(JSON.stringify([RESOURCE_NUMBERS[resource], activityId, agentKey]));
}

/** SHA-256 of a text. */
export function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
