import type { Actor, LanguageMap } from "@coursemesh/xapi/statement.ts";
import type { StatementKey } from "../statement/statement-key.ts";

/** An agent or identified group that a statement names. */
export interface AgentMention {
  readonly key: StatementKey;
  readonly identifier: string;
  readonly name: string;
  readonly actor: Actor;
}

/** An activity that a statement names. */
export interface ActivityMention {
  readonly key: StatementKey;
  readonly iri: string;
  /** JSON; empty for none. A text, because it is kept until the statement is written, and texts cost less to keep. */
  readonly definition: string;
}

/** A verb that a statement names. */
export interface VerbMention {
  readonly key: StatementKey;
  readonly iri: string;
  readonly display: LanguageMap | undefined;
}

/** A statement that was checked and completed and waits to be written. */
export interface PreparedStatement {
  /** UUID in lower case. */
  readonly id: string;
  /** JSON with 27 other characters where the stored time will be. */
  readonly raw: string;
  /** Where it stands, counted from 1; 0: nowhere. */
  readonly storedAt: number;
  readonly timestampAt: number;
  readonly actor: StatementKey;
  readonly verb: VerbMention;
  readonly activity: StatementKey;
  readonly authority: StatementKey;
  /** Without the authority. */
  readonly keys: readonly StatementKey[];
  /** The statement it refers to; null for none. */
  readonly target: string | null;
  readonly voids: boolean;
  /** SHA-2 of attachments whose content is here. */
  readonly attachments: readonly string[];
  readonly agents: readonly AgentMention[];
  readonly activities: readonly ActivityMention[];
  /** For the event. */
  readonly activityIri: string;
  readonly registration: string;
}

/** What one call stores: all or nothing. */
export interface Batch {
  readonly tenantId: string;
  /** Who stores it, for the event. */
  readonly callerId: string;
  readonly statements: readonly PreparedStatement[];
  /** Whether the stored JSON means the same as the statement's; two statements of one id that do not are a conflict. */
  readonly same: (statement: PreparedStatement, stored: string) => boolean;
}

/** How a batch went. */
export interface Stored {
  /** Position of its last statement; of what was known when nothing was new. */
  readonly position: number;
  /** Statements that were stored before. */
  readonly known: number;
}
