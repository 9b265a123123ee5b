import type { StatementKey } from "../statement/statement-key.ts";

/** An agent or identified group to enter, or to enter with another name. */
export interface AgentChange {
  readonly key: StatementKey;
  readonly identifier: string;
  /** JSON with the identifier and the name, without members. */
  readonly json: string;
  readonly name: string;
}

/** An activity to enter or to describe anew. */
export interface ActivityChange {
  readonly key: StatementKey;
  readonly iri: string;
  /** JSON of the merged definition; empty for none. */
  readonly definition: string;
  /** Version that was merged into; 0 when there is none yet. */
  readonly version: number;
}

/** What a group of statements adds to the catalogues; usually nothing. Each key once. */
export interface CatalogChanges {
  readonly agents: readonly AgentChange[];
  readonly activities: readonly ActivityChange[];
  readonly verbs: readonly { readonly key: StatementKey; readonly iri: string; readonly display: string }[];
}
