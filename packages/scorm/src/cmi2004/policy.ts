/**
 * Where published courses break the book so often that a strict LMS would lose learners' work. Each flag changes one named behaviour;
 * what a lenient policy tolerates is kept whole and recorded as a warning. Plain JSON: it is stored with an open session.
 */
export interface Scorm2004Policy {
  /** Characters beyond which a text is refused (406) by every policy, so that no course can fill the database. The book's smallest permitted maximum is no limit. */
  readonly longestText: number;
  /** Entries beyond which no list grows (351), for the same reason. */
  readonly longestList: number;
  /** Refuse identifiers that are no URI or URN (406). Otherwise any text that is not blank is one. */
  readonly strictIdentifiers: boolean;
  /** Refuse responses and patterns that do not have the form of their interaction's type (406). Otherwise any text is one. */
  readonly strictResponses: boolean;
  /** Refuse a second pattern equal to another, and more patterns than the interaction's type may have (351). */
  readonly strictPatternSets: boolean;
  /** Refuse points in time and durations with another precision than hundredths, and time zones without a fraction (406). Otherwise all of ISO 8601 that scripts write. */
  readonly strictTimes: boolean;
  /** Refuse languages that are not registered (406). Otherwise any well-formed language tag is one. */
  readonly strictLanguages: boolean;
  /** Refuse numbers with an exponent (406), as scripts write very small ones. */
  readonly strictNumbers: boolean;
}

/** Accepts what the widespread authoring tools send. The default. */
export const lenientPolicy: Scorm2004Policy = {
  longestText: 1_000_000,
  longestList: 10_000,
  strictIdentifiers: false,
  strictResponses: false,
  strictPatternSets: false,
  strictTimes: false,
  strictLanguages: false,
  strictNumbers: false,
};

/** The letter of the book: what a conformance test or a course under development wants. */
export const strictPolicy: Scorm2004Policy = {
  ...lenientPolicy,
  strictIdentifiers: true,
  strictResponses: true,
  strictPatternSets: true,
  strictTimes: true,
  strictLanguages: true,
  strictNumbers: true,
};
