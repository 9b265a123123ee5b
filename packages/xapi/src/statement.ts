/**
 * The JSON shapes of the Experience API, 1.0.3 (part two, "Data") and 2.0 (IEEE 9274.1.1). They describe what `validateStatement` lets
 * pass; nothing here checks anything.
 */
import type { InteractionType } from "./interaction-type.ts";

export type { InteractionType };

/** Text by RFC 5646 language tag. */
export type LanguageMap = Readonly<Record<string, string>>;

/** Any JSON by IRI. */
export type Extensions = Readonly<Record<string, unknown>>;

/** An account at a system, e.g. a learner at an LMS. */
export interface Account {
  /** IRL of the system. */
  readonly homePage: string;
  /** Name or id within the system. */
  readonly name: string;
}

/** How an agent or an identified group is told from others; exactly one is there. */
export interface Identifiers {
  /** `mailto:` IRI. */
  readonly mbox?: string;
  /** SHA-1 of a `mailto:` IRI, hexadecimal. */
  readonly mbox_sha1sum?: string;
  /** URI. */
  readonly openid?: string;
  readonly account?: Account;
}

/** A person or a system. */
export interface Agent extends Identifiers {
  readonly objectType?: "Agent";
  readonly name?: string;
}

/** Agents together; anonymous when it has no identifier, and then it has members. */
export interface Group extends Identifiers {
  readonly objectType: "Group";
  readonly name?: string;
  readonly member?: readonly Agent[];
}

export type Actor = Agent | Group;

export interface Verb {
  readonly id: string;
  readonly display?: LanguageMap;
}

/** A choice, step, source … of an interaction. */
export interface InteractionComponent {
  readonly id: string;
  readonly description?: LanguageMap;
}

/** The lists of components an activity definition may have. */
export type ComponentList = "choices" | "scale" | "source" | "target" | "steps";

export type ActivityDefinition = {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  /** IRI. */
  readonly type?: string;
  /** IRL. */
  readonly moreInfo?: string;
  readonly interactionType?: InteractionType;
  readonly correctResponsesPattern?: readonly string[];
  readonly extensions?: Extensions;
} & { readonly [list in ComponentList]?: readonly InteractionComponent[] };

export interface Activity {
  readonly objectType?: "Activity";
  /** IRI. */
  readonly id: string;
  readonly definition?: ActivityDefinition;
}

/** Points at another statement. */
export interface StatementRef {
  readonly objectType: "StatementRef";
  /** UUID. */
  readonly id: string;
}

export interface Score {
  /** -1 to 1. */
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  /** ISO 8601 duration. */
  readonly duration?: string;
  readonly extensions?: Extensions;
}

/** The ways an activity may be related to a statement. */
export type ContextRelation = "parent" | "grouping" | "category" | "other";

/** One activity or several. What the LRS hands out is always a list. */
export type ContextActivities = { readonly [relation in ContextRelation]?: Activity | readonly Activity[] };

/** Since 2.0. */
export interface ContextAgent {
  readonly objectType: "contextAgent";
  readonly agent: Agent;
  /** IRIs. */
  readonly relevantTypes?: readonly string[];
}

/** Since 2.0. */
export interface ContextGroup {
  readonly objectType: "contextGroup";
  readonly group: Group;
  /** IRIs. */
  readonly relevantTypes?: readonly string[];
}

export interface Context {
  /** UUID. */
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Group;
  readonly contextActivities?: ContextActivities;
  /** Since 2.0. */
  readonly contextAgents?: readonly ContextAgent[];
  /** Since 2.0. */
  readonly contextGroups?: readonly ContextGroup[];
  readonly revision?: string;
  readonly platform?: string;
  /** RFC 5646 language tag. */
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
}

export interface Attachment {
  /** IRI. */
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  /** Media type. */
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  /** SHA-2 of the content, hexadecimal. */
  readonly sha2: string;
  /** IRL. */
  readonly fileUrl?: string;
}

/** What a statement and a sub-statement have in common. */
interface Told<TObject> {
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: TObject;
  readonly result?: Result;
  readonly context?: Context;
  /** ISO 8601 (1.0.3) or RFC 3339 (2.0). */
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
}

/** What an object may be, whether of a statement or of a sub-statement. */
export type PlainObject = Activity | Actor | StatementRef;

/** A statement within a statement, e.g. of something planned. */
export interface SubStatement extends Told<PlainObject> {
  readonly objectType: "SubStatement";
}

export interface Statement extends Told<PlainObject | SubStatement> {
  /** UUID. */
  readonly id?: string;
  /** When the LRS stored it. */
  readonly stored?: string;
  /** Who vouches for it; set by the LRS. */
  readonly authority?: Actor;
  /** Version of the specification, e.g. `1.0.0` or `2.0.0`. */
  readonly version?: string;
}
